import { describe, expect, test } from '@jest/globals';
import type { ClassRequest } from '#protocol/lesson-socket.ts';
import type { Participant } from '#protocol/timeline.ts';
import { administrator, assistant, Class, hekou, shimen, teacher } from '../../testing/class.ts';

const stage = (participant: Participant | null, seen: number): ClassRequest => ({
  type: 'stage.set',
  stage: participant ? { kind: 'room', participantId: participant.participantId } : { kind: 'listen' },
  seen,
});

describe('the stage', () => {
  test('decides who is heard: all, nobody but the teacher, or one room', () => {
    const room = new Class();
    expect([room.heard(shimen), room.heard(hekou)]).toEqual([true, true]);
    room.ask(teacher, stage(null, 0));
    expect([room.heard(shimen), room.heard(hekou), room.heard(teacher)]).toEqual([false, false, true]);
    room.ask(teacher, stage(hekou, room.state.steering.stageSeq));
    expect([room.heard(shimen), room.heard(hekou)]).toEqual([false, true]);
  });

  test('of two who steer at once the second is told, unless both want the same', () => {
    const room = new Class();
    room.ask(teacher, stage(null, 0));
    expect(room.code(administrator, stage(hekou, 0))).toBe('OVERTAKEN');
    expect(room.ask(administrator, stage(null, 0))).toEqual([]);
    expect(room.state.steering.stage).toEqual({ kind: 'listen' });
  });

  test('is left by a room that goes', () => {
    const room = new Class();
    room.ask(teacher, stage(shimen, 0));
    room.put({ type: 'participant.left', participantId: shimen.participantId, reason: 'lost' });
    expect(room.state.steering.stage).toEqual({ kind: 'listen' });
    expect(room.code(teacher, stage(shimen, room.state.steering.stageSeq))).toBe('NOT_FOUND');
  });
});

describe('calling', () => {
  const call = (participant: Participant, child: string | null = null): ClassRequest => ({
    type: 'call.make',
    participantId: participant.participantId,
    child,
  });

  test('puts the room on stage, takes its hand down, and goes back afterwards', () => {
    const room = new Class();
    room.ask(assistant, { type: 'hand.raise', child: '刘小雨' });
    expect(room.state.steering.hands).toMatchObject([{ participantId: shimen.participantId }]);
    room.ask(teacher, call(shimen, '刘小雨'));
    expect(room.state.steering).toMatchObject({ hands: [], stage: { kind: 'room' } });
    room.ask(teacher, { type: 'call.end' });
    expect(room.state.steering).toMatchObject({ call: null, stage: { kind: 'discuss' } });
  });

  test('one after the other goes back to where the class was before the first', () => {
    const room = new Class();
    room.ask(teacher, call(shimen));
    room.ask(teacher, call(hekou));
    room.ask(teacher, { type: 'call.end' });
    expect(room.state.steering.stage).toEqual({ kind: 'discuss' });
  });

  test('by chance takes those who were called least, each before anybody twice', () => {
    const room = new Class();
    const among = [shimen, hekou].flatMap(({ participantId }) =>
      ['1', '2', '3'].map((child) => ({ participantId, child })),
    );
    for (let round = 0; round < 6; round += 1) room.ask(teacher, { type: 'call.random', among });
    const { called } = room.state.steering;
    expect(new Set(called.map(({ participantId, child }) => participantId + child)).size).toBe(6);
  });
});

describe('the rooms', () => {
  test('cannot undo a pause, and can do nothing during it', () => {
    const room = new Class();
    room.ask(teacher, { type: 'class.pause', paused: true });
    expect([room.heard(teacher), room.heard(shimen)]).toEqual([false, false]);
    for (const request of [
      { type: 'hand.raise', child: null },
      { type: 'remark.make', remark: 'tooFast' },
    ] as const)
      expect(room.code(assistant, request)).toBe('CLASS_PAUSED');
    room.ask(administrator, { type: 'class.pause', paused: false });
    expect(room.code(assistant, { type: 'hand.raise', child: null })).toBeNull();
  });

  test('raise one hand a child, and lower only their own', () => {
    const room = new Class();
    room.ask(assistant, { type: 'hand.raise', child: null });
    expect(room.ask(shimen, { type: 'hand.raise', child: null })).toEqual([]);
    const { handId } = room.state.steering.hands[0]!;
    expect(room.code(hekou, { type: 'hand.lower', handId })).toBe('FORBIDDEN');
    expect(room.code(teacher, { type: 'hand.lower', handId })).toBeNull();
  });

  test('are counted by themselves or by the teacher, not by another room', () => {
    const roll = { present: 11, expected: 12, absent: ['刘小雨'] };
    const room = new Class();
    const take = { type: 'roll.take', participantId: shimen.participantId, ...roll } as const;
    expect(room.code(hekou, take)).toBe('FORBIDDEN');
    expect(room.code(assistant, take)).toBeNull();
    expect(room.state.steering.rolls.get(shimen.participantId)).toMatchObject(roll);
  });
});

test('whoever was removed and forbidden is kept out until readmitted; who steers cannot be removed', () => {
  const room = new Class();
  const remove = (participant: Participant): ClassRequest => ({
    type: 'participant.remove',
    participantId: participant.participantId,
    forbid: true,
  });
  expect(room.code(teacher, remove(administrator))).toBe('FORBIDDEN');
  room.ask(teacher, remove(hekou));
  // The room makes them leave when it reads this.
  room.put({ type: 'participant.left', participantId: hekou.participantId, reason: 'left' });
  expect(room.state.steering.forbidden.has(hekou.accountId)).toBe(true);
  expect(room.code(hekou, { type: 'hand.raise', child: null })).toBe('NOT_JOINED');
  room.ask(teacher, { type: 'participant.readmit', accountId: hekou.accountId });
  expect(room.state.steering.forbidden.size).toBe(0);
});
