import { expect, test } from '@jest/globals';
import { durationOf, isSound, Programme, toLesson, toProgramme, wholeOf } from './programme.ts';

const one = 'a'.repeat(22);
const two = 'b'.repeat(22);
const programme = Programme.parse({
  clips: [
    { recordingId: one, lessonId: one, fromMs: 10_000, toMs: 20_000 },
    { recordingId: two, lessonId: two, fromMs: 0, toMs: 5_000 },
    { recordingId: one, lessonId: one, fromMs: 60_000, toMs: 90_000 },
  ],
  hiddenTrackIds: [],
  shots: null,
});

test('programme time and lesson time lead to each other across cuts and recordings', () => {
  expect(durationOf(programme)).toBe(45_000);
  expect(toLesson(programme, 0)).toEqual({ clip: 0, recordingId: one, ms: 10_000 });
  expect(toLesson(programme, 12_000)).toEqual({ clip: 1, recordingId: two, ms: 2_000 });
  expect(toLesson(programme, 15_000)).toEqual({ clip: 2, recordingId: one, ms: 60_000 });
  expect(toLesson(programme, 99_000)).toEqual({ clip: 2, recordingId: one, ms: 90_000 });
  for (const ms of [0, 9_999, 10_000, 14_999, 44_999]) {
    const { recordingId, ms: lessonMs } = toLesson(programme, ms);
    expect(toProgramme(programme, recordingId, lessonMs)).toBe(ms);
  }
});

test('what was cut out has no place in the programme', () => {
  expect(toProgramme(programme, one, 30_000)).toBeNull();
  expect(toProgramme(programme, two, 5_000)).toBeNull();
});

test('clips of one recording that overlap are unsound, of two recordings they are not', () => {
  expect(isSound(programme)).toBe(true);
  const clips = [...programme.clips, { ...programme.clips[0]!, fromMs: 19_000, toMs: 25_000 }];
  expect(isSound({ ...programme, clips })).toBe(false);
});

test('a clip shorter than half a second is refused', () => {
  const clips = [{ ...programme.clips[0]!, toMs: 10_100 }];
  expect(Programme.safeParse({ ...programme, clips }).success).toBe(false);
  expect(isSound(wholeOf(one, one, 0))).toBe(true);
});
