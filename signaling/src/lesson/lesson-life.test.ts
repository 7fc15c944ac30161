import { expect, test } from '@jest/globals';
import type { LessonMode } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { applyEvent, initialState, type LiveState } from '#protocol/live-state.ts';
import { type LessonMove, moveLesson } from './lesson-life.ts';

const LESSON = 'l'.repeat(22);

function moved(state: LiveState, to: LessonMove, mode: LessonMode): LiveState {
  let next = state;
  for (const body of moveLesson(state, to, null, 'ended', mode))
    next = applyEvent(next, { seq: next.seq + 1, at: 0, mediaMs: null, body });
  return next;
}

test.each([
  ['delivery', 'discuss'],
  ['master', 'listen'],
  ['open', 'listen'],
] as const)('a lesson of the kind %s begins with everybody in %s, opened first or not', (mode, stage) => {
  for (const moves of [['open', 'live'], ['live']] as const) {
    let state = initialState(LESSON);
    for (const to of moves) state = moved(state, to, mode);
    expect([state.state, state.steering.stage.kind]).toEqual(['live', stage]);
  }
});

test('what the teacher chose before the bell stays when the lesson starts', () => {
  const open = moved(initialState(LESSON), 'open', 'master');
  const discussing = applyEvent(open, {
    seq: open.seq + 1,
    at: 0,
    mediaMs: null,
    body: { type: 'stage.changed', stage: { kind: 'discuss' }, byParticipantId: null },
  });
  expect(moved(discussing, 'live', 'master').steering.stage.kind).toBe('discuss');
});

test('the same move again does nothing, a forbidden one is refused', () => {
  const live = moved(initialState(LESSON), 'live', 'delivery');
  expect(moveLesson(live, 'live', null, 'ended', 'delivery')).toEqual([]);
  expect(() => moveLesson(initialState(LESSON), 'ended', null, 'ended', 'delivery')).toThrow(AppError);
});
