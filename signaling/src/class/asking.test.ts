import { describe, expect, test } from '@jest/globals';
import { type AnswerValue, currentQuestion, type Question, type RightAnswer } from '#protocol/asking.ts';
import { audienceOf, shown } from '#protocol/audience.ts';
import type { EventBody, Participant } from '#protocol/timeline.ts';
import { assistant, Class, hekou, shimen, teacher } from '../../testing/class.ts';

const CHOICE: Question = {
  kind: 'choice',
  text: '3 × 4 = ?',
  options: ['7', '12', '34'],
  several: false,
  by: 'room',
};
const pick = (...picks: number[]): AnswerValue => ({ kind: 'choice', picks });
const TWELVE: RightAnswer = { kind: 'choice', picks: [1] };

class Asking extends Class {
  get asked() {
    return this.state.asking.questions.at(-1)!;
  }
  pose(question: Question = CHOICE, right: RightAnswer | null = null): void {
    this.ask(teacher, { type: 'question.pose', question, right });
  }
  answer(who: Participant, value: AnswerValue, child: string | null = null): string | null {
    return this.code(who, { type: 'answer.give', questionId: this.asked.questionId, child, value });
  }
  do(type: 'question.close' | 'results.show' | 'results.hide'): readonly EventBody[] {
    return this.ask(teacher, { type, questionId: this.asked.questionId });
  }
}

describe('a question', () => {
  test('is answered once by a room, whoever presses there, and again until it is closed', () => {
    const room = new Asking();
    room.pose();
    expect(room.answer(shimen, pick(0))).toBeNull();
    expect(room.answer(assistant, pick(1))).toBeNull();
    expect(room.answer(hekou, pick(1))).toBeNull();
    expect([...room.asked.answers.values()].map(({ value }) => value)).toEqual([pick(1), pick(1)]);
    room.do('question.close');
    expect(room.answer(shimen, pick(2))).toBe('WRONG_STATE');
  });

  test('is closed by the next one, without a gap', () => {
    const room = new Asking();
    room.pose();
    room.pose({ kind: 'trueFalse', text: '', by: 'room' });
    const [first, second] = room.state.asking.questions;
    expect([first?.closedAt === null, second?.closedAt === null]).toEqual([false, true]);
    expect(currentQuestion(room.state.asking)).toBe(second);
  });

  test.each<[string, Question, AnswerValue, string | null]>([
    ['an option that is none', CHOICE, pick(3), null],
    ['two of one', CHOICE, pick(0, 1), null],
    ['another kind', CHOICE, { kind: 'number', value: 12 }, null],
    ['a child for a room', CHOICE, pick(1), '刘小雨'],
    ['a room for a child', { ...CHOICE, by: 'child' }, pick(1), null],
    ['hands for too few options', { ...CHOICE, by: 'hands' }, { kind: 'hands', counts: [1, 2] }, null],
    ['one pick for hands', { ...CHOICE, by: 'hands' }, pick(1), null],
  ])('refuses %s', (_name, question, value, child) => {
    const room = new Asking();
    room.pose(question);
    expect(room.answer(shimen, value, child)).toBe('BAD_REQUEST');
  });

  test('cannot be answered during a pause', () => {
    const room = new Asking();
    room.pose();
    room.ask(teacher, { type: 'class.pause', paused: true });
    expect(room.answer(shimen, pick(0))).toBe('CLASS_PAUSED');
  });
});

describe('results', () => {
  test('count rooms, children and hands', () => {
    const room = new Asking();
    room.pose({ ...CHOICE, by: 'child' });
    for (const child of ['刘小雨', '孙浩然']) room.answer(assistant, pick(1), child);
    room.answer(hekou, pick(2), '刘小雨');
    room.do('results.show');
    expect(room.asked.shown).toMatchObject({ answered: 3, bars: [{ count: 0 }, { count: 2 }, { count: 1 }] });

    room.pose({ ...CHOICE, by: 'hands' });
    room.answer(assistant, { kind: 'hands', counts: [3, 20, 5] });
    room.answer(hekou, { kind: 'hands', counts: [0, 11, 1] });
    room.do('results.show');
    expect(room.asked.shown).toMatchObject({
      answered: 40,
      bars: [{ count: 3 }, { count: 31 }, { count: 6 }],
    });
  });

  test('put the same words together whatever their case, width and spaces', () => {
    const room = new Asking();
    room.pose({ kind: 'shortText', text: '', by: 'room' });
    room.answer(shimen, { kind: 'shortText', text: 'An Apple' });
    room.answer(hekou, { kind: 'shortText', text: 'ａn apple' });
    room.do('results.show');
    expect(room.asked.shown?.bars).toMatchObject([{ count: 2 }]);
  });

  test('tell the right answer only when the question is closed, also when it is said afterwards', () => {
    const room = new Asking();
    room.pose(CHOICE, TWELVE);
    room.do('results.show');
    expect(room.asked.shown?.right).toBeNull();
    room.answer(shimen, pick(1));
    expect(room.asked.shown).toMatchObject({ answered: 1, right: null });
    room.do('question.close');
    expect(room.asked.shown?.right).toEqual(TWELVE);

    room.pose();
    room.do('question.close');
    room.do('results.show');
    room.ask(teacher, { type: 'question.key', questionId: room.asked.questionId, right: TWELVE });
    expect(room.asked.shown?.right).toEqual(TWELVE);
    room.do('results.hide');
    expect(room.asked.shown).toBeNull();
  });

  test("are the teacher's until she shows them: another room reads neither the answer nor what is right", () => {
    const room = new Asking();
    const told = (reader: Participant, bodies: readonly EventBody[]) =>
      bodies.map((body) => shown({ seq: 1, at: 1, mediaMs: null, body }, audienceOf(reader)).body.type);
    const posed = room.ask(teacher, { type: 'question.pose', question: CHOICE, right: TWELVE });
    expect(JSON.stringify(posed[0])).not.toContain('right');
    expect(told(hekou, posed)).toEqual(['question.posed', 'withheld']);
    const given = room.ask(shimen, {
      type: 'answer.give',
      questionId: room.asked.questionId,
      child: null,
      value: pick(0),
    });
    expect([shimen, assistant, teacher, hekou].map((reader) => told(reader, given)[0])).toEqual([
      'answer.given',
      'answer.given',
      'answer.given',
      'withheld',
    ]);
    expect(told(hekou, room.do('results.show'))).toEqual(['results.shown']);
  });
});

test('a photo answers only for the room that took it', () => {
  const room = new Asking();
  room.pose({ kind: 'photo', text: '', by: 'room' });
  const documentId = 'd'.repeat(22);
  const photo = { kind: 'photo', documentId } as const;
  expect(room.answer(assistant, photo)).toBe('NOT_FOUND');
  room.put({
    type: 'document.added',
    document: {
      documentId,
      kind: 'photo',
      name: 'x',
      participantId: assistant.participantId,
      from: '',
      state: 'ready',
      failure: null,
      pages: [],
      scripted: false,
    },
  });
  expect([room.answer(hekou, photo), room.answer(assistant, photo)]).toEqual(['NOT_FOUND', null]);
});
