import { expect, test } from '@jest/globals';
import { type LessonFacts, lessonLight } from './lesson-light.ts';

const FINE: LessonFacts = {
  sees: { stalled: false, framesPerSecond: 25 },
  hears: true,
  camera: 'flows',
  mic: 'flows',
  lossPercent: 0.1,
  rttMs: 40,
};

test('a room that sees, hears, is seen and is heard is green', () => {
  expect(lessonLight(FINE)).toEqual({ light: 'green', cause: null });
  expect(lessonLight({ ...FINE, sees: null, camera: 'idle', mic: 'idle' })).toEqual({
    light: 'green',
    cause: null,
  });
});

test('whatever is missing is red, sound before picture', () => {
  expect(lessonLight({ ...FINE, sees: { stalled: true, framesPerSecond: 0 } })).toEqual({
    light: 'red',
    cause: 'SEES_NOTHING',
  });
  expect(lessonLight({ ...FINE, camera: 'stopped' })).toEqual({ light: 'red', cause: 'SENDS_NO_PICTURE' });
  expect(lessonLight({ ...FINE, hears: false, camera: 'stopped' }).cause).toBe('HEARS_NOTHING');
  expect(lessonLight({ ...FINE, hears: false, mic: 'stopped' }).cause).toBe('SENDS_NO_SOUND');
});

test('a weak line is amber, a bad one red', () => {
  expect(lessonLight({ ...FINE, lossPercent: 4 })).toEqual({ light: 'amber', cause: 'LOSS' });
  expect(lessonLight({ ...FINE, rttMs: 1_000 })).toEqual({ light: 'red', cause: 'DELAY_HEAVY' });
  expect(lessonLight({ ...FINE, sees: { stalled: false, framesPerSecond: 4 } })).toEqual({
    light: 'amber',
    cause: 'SLOW_PICTURE',
  });
});

test('a screen, of which nobody expects many frames, is not slow', () => {
  expect(lessonLight({ ...FINE, sees: { stalled: false, framesPerSecond: null } }).light).toBe('green');
});
