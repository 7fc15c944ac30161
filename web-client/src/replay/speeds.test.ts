import { expect, test } from '@jest/globals';
import { SPEEDS, stepped } from './speeds.ts';

test('speeds go up and down in steps from a half to three times, and stop at the ends', () => {
  expect([SPEEDS[0], SPEEDS.at(-1)]).toEqual([0.5, 3]);
  expect([stepped(1, 1), stepped(1, -1), stepped(3, 1), stepped(0.5, -1)]).toEqual([1.25, 0.75, 3, 0.5]);
});
