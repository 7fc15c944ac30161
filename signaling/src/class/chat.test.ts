import { describe, expect, test } from '@jest/globals';
import { allShown, audienceOf, PUBLIC, privateTo } from '#protocol/audience.ts';
import type { ChatRequest } from '#protocol/chat.ts';
import { projectLive } from '#protocol/live-state.ts';
import type { EventBody, Participant, TimelineEvent } from '#protocol/timeline.ts';
import { administrator, assistant, Class, hekou, id, shimen, teacher } from '../../testing/class.ts';

const say = (text: string): ChatRequest => ({ type: 'message.send', channel: 'class', child: null, text });

class Chat extends Class {
  readonly events: TimelineEvent[] = [];
  override put(...bodies: readonly EventBody[]): void {
    for (const body of bodies) {
      super.put(body);
      this.events?.push({ seq: this.state.seq, at: this.now, mediaMs: null, body });
    }
  }
  get said() {
    return this.state.chat.messages.map(({ text }) => text);
  }
  /** What somebody reads of everything that was said so far. */
  readBy(reader: Participant | null): string {
    return JSON.stringify(allShown(this.events, reader ? audienceOf(reader) : PUBLIC));
  }
}

describe('a message', () => {
  test('appears at once while the chat is open', () => {
    const room = new Chat();
    room.ask(shimen, say('我们听到了'));
    expect(room.said).toEqual(['我们听到了']);
    expect(room.readBy(hekou)).toContain('我们听到了');
  });

  test('waits while the chat is held, and only its author and the teacher know of it', () => {
    const room = new Chat();
    room.ask(teacher, { type: 'chat.rule', mode: 'hold' });
    room.ask(shimen, say('等一等'));
    expect(room.said).toEqual([]);
    expect([shimen, teacher, hekou, null].map((reader) => room.readBy(reader).includes('等一等'))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const { messageId } = room.state.chat.held[0]!;
    expect(room.code(shimen, { type: 'message.approve', messageId: id('x') })).toBe('NOT_FOUND');
    room.ask(administrator, { type: 'message.approve', messageId });
    expect(room.ask(teacher, { type: 'message.approve', messageId })).toEqual([]);
    expect([room.said, room.state.chat.held]).toEqual([['等一等'], []]);
    expect(room.readBy(hekou)).toContain('等一等');
  });

  test('that is rejected is gone, for its author too', () => {
    const room = new Chat();
    room.ask(teacher, { type: 'chat.rule', mode: 'hold' });
    const [held] = room.ask(shimen, say('不行的话'));
    const { messageId } = held as { messageId: string };
    const [rejected] = room.ask(teacher, { type: 'message.reject', messageId });
    expect(room.state.chat.held).toEqual([]);
    expect(privateTo(rejected!)).toEqual([shimen.participantId]);
    expect([shimen, teacher].map((reader) => room.readBy(reader).includes('不行的话'))).toEqual([
      false,
      true,
    ]);
  });

  test('that waited and is removed afterwards is not read by its author either', () => {
    const room = new Chat();
    room.ask(teacher, { type: 'chat.rule', mode: 'hold' });
    const [held] = room.ask(shimen, say('说错了'));
    const { messageId } = held as { messageId: string };
    room.ask(teacher, { type: 'message.approve', messageId });
    room.ask(teacher, { type: 'message.remove', messageId });
    expect(room.readBy(shimen)).not.toContain('说错了');
  });

  test('that is removed is read by nobody but the teacher’s side any more', () => {
    const room = new Chat();
    const [sent] = room.ask(shimen, say('说错了'));
    const { messageId } = sent as { messageId: string };
    room.ask(teacher, { type: 'message.remove', messageId });
    expect(room.said).toEqual([null]);
    expect([hekou, shimen, teacher].map((reader) => room.readBy(reader).includes('说错了'))).toEqual([
      false,
      false,
      true,
    ]);
    const late = projectLive(id('l'), allShown(room.events, audienceOf(hekou)));
    expect(late.chat.messages).toMatchObject([{ text: null }]);
  });

  test('in the question channel is marked as answered', () => {
    const room = new Chat();
    const [sent] = room.ask(assistant, {
      type: 'message.send',
      channel: 'questions',
      child: '刘小雨',
      text: '为什么？',
    });
    const { messageId } = sent as { messageId: string };
    room.ask(teacher, { type: 'message.answer', messageId, answered: true });
    expect(room.state.chat.messages).toMatchObject([{ child: '刘小雨', answered: true }]);
  });
});

describe('words', () => {
  const strict = (text: string) => (text.includes('坏话') ? 'block' : text.includes('答案') ? 'hold' : null);

  test('that block are refused to everybody, in every text that others read', () => {
    const room = new Chat();
    room.words = strict;
    for (const who of [shimen, assistant, teacher])
      expect(room.code(who, say('坏话'))).toBe('SENSITIVE_WORD');
    expect(room.code(shimen, { type: 'message.send', channel: 'class', child: '坏话', text: '好' })).toBe(
      'SENSITIVE_WORD',
    );
    expect(room.code(assistant, { type: 'note.send', withParticipantId: null, text: '坏话' })).toBe(
      'SENSITIVE_WORD',
    );
    room.ask(teacher, {
      type: 'question.pose',
      question: { kind: 'shortText', text: '', by: 'room' },
      right: null,
    });
    const { questionId } = room.state.asking.questions[0]!;
    const value = { kind: 'shortText', text: '坏话' } as const;
    expect(room.code(shimen, { type: 'answer.give', questionId, child: null, value })).toBe('SENSITIVE_WORD');
  });

  test('that hold keep a room’s message for approval, not the teacher’s', () => {
    const room = new Chat();
    room.words = strict;
    room.ask(shimen, say('答案'));
    room.ask(teacher, say('答案'));
    expect([room.state.chat.held.length, room.said.length]).toEqual([1, 1]);
    expect(room.state.chat.held[0]?.because).toBe('word');
  });
});

describe('who may write', () => {
  test('is the teacher alone while the chat is off, the switch is off, or the class is paused', () => {
    const room = new Chat();
    room.ask(teacher, { type: 'chat.rule', mode: 'off' });
    expect(room.code(shimen, say('喂'))).toBe('SWITCHED_OFF');
    room.ask(teacher, { type: 'chat.rule', mode: 'open' });
    room.ask(teacher, { type: 'switches.set', switches: { text: false }, seen: 0 });
    expect(room.code(shimen, say('喂'))).toBe('SWITCHED_OFF');
    expect(room.code(teacher, say('喂'))).toBeNull();
    room.ask(teacher, { type: 'class.pause', paused: true });
    expect(room.code(assistant, say('喂'))).toBe('CLASS_PAUSED');
  });

  test('is told in slow mode how long to wait, each for itself', () => {
    const room = new Chat();
    room.ask(teacher, { type: 'chat.rule', slowSeconds: 10 });
    room.ask(shimen, say('一'));
    room.now += 4_000;
    expect(room.code(shimen, say('二'))).toBe('SLOW_MODE');
    expect(() => room.ask(shimen, say('二'))).toThrow(expect.objectContaining({ retryAfterMs: 6_000 }));
    expect(room.code(hekou, say('二'))).toBeNull();
    expect(room.code(teacher, say('二'))).toBeNull();
    room.now += 6_000;
    expect(room.code(shimen, say('二'))).toBeNull();
  });

  test('is not whoever was muted; who steers cannot be', () => {
    const room = new Chat();
    const mute = (who: Participant, muted: boolean): ChatRequest => ({
      type: 'chat.mute',
      participantId: who.participantId,
      muted,
    });
    room.ask(teacher, mute(shimen, true));
    expect([room.code(shimen, say('喂')), room.code(assistant, say('喂'))]).toEqual(['MUTED', null]);
    room.ask(teacher, mute(shimen, false));
    expect(room.code(shimen, say('喂'))).toBeNull();
    expect(room.code(teacher, mute(administrator, true))).toBe('FORBIDDEN');
  });
});

test('a note is between one assistant and the teacher; the room’s big screen does not have it', () => {
  const room = new Chat();
  room.ask(assistant, { type: 'note.send', withParticipantId: null, text: '有个孩子不舒服' });
  room.ask(teacher, { type: 'note.send', withParticipantId: assistant.participantId, text: '好的' });
  expect(room.state.chat.notes.map(({ withParticipantId }) => withParticipantId)).toEqual([
    assistant.participantId,
    assistant.participantId,
  ]);
  expect([assistant, teacher, shimen, hekou].map((reader) => room.readBy(reader).includes('不舒服'))).toEqual(
    [true, true, false, false],
  );
  expect(room.code(teacher, { type: 'note.send', withParticipantId: shimen.participantId, text: '好' })).toBe(
    'NOT_FOUND',
  );
});
