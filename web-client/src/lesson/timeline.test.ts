import { expect, test } from '@jest/globals';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { Timeline } from './timeline.ts';

const lessonId = 'L'.repeat(22);
const event = (seq: number, type: 'lesson.opened' | 'lesson.started'): TimelineEvent => ({
  seq,
  at: seq * 1000,
  mediaMs: null,
  body: { type, byAccountId: null },
});

test('events are applied in order, and what is known already changes nothing', () => {
  const timeline = new Timeline(lessonId);
  expect(timeline.accept([event(1, 'lesson.opened'), event(2, 'lesson.started')])).toBe(true);
  const before = timeline.state;
  expect(timeline.accept([event(1, 'lesson.opened')])).toBe(true);
  expect(timeline.state).toBe(before);
  expect(timeline.state).toMatchObject({ seq: 2, state: 'live' });
});

test('a hole is told, and nothing behind it applied', () => {
  const timeline = new Timeline(lessonId);
  expect(timeline.accept([event(1, 'lesson.opened'), event(3, 'lesson.started')])).toBe(false);
  expect(timeline.state).toMatchObject({ seq: 1, state: 'open' });
});
