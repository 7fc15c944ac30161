import { expect, test } from '@jest/globals';
import { learnTime, narrowed, platformNow } from './clock.ts';

const DAY_MS = 86_400_000;

test('answers laid over each other tell the time finer than their seconds', () => {
  const offset = 5_000_400;
  const answers = [0, 1_300, 2_750, 4_100, 5_500].map((asked) => ({
    asked,
    heard: asked + 80,
    date: Math.floor((asked + 40 + offset) / 1000) * 1000,
  }));
  const known = answers.reduce<Parameters<typeof narrowed>[0]>(
    (before, { date, asked, heard }) => narrowed(before, date, asked, heard),
    null,
  )!;
  expect(known.least).toBeLessThanOrEqual(offset);
  expect(known.most).toBeGreaterThanOrEqual(offset);
  expect(known.most - known.least).toBeLessThan(500);
});

test('after a sleep the newest answer is believed alone', () => {
  const before = narrowed(null, 10_000, 0, 100);
  expect(narrowed(before, 10_000 + DAY_MS, 200, 300)).toEqual({
    least: 10_000 + DAY_MS - 300,
    most: 11_000 + DAY_MS - 200,
  });
});

test("a machine's clock that is a day wrong does not matter once the platform has answered", () => {
  const real = Date.now();
  const asked = performance.now();
  learnTime(new Headers({ date: new Date(real - DAY_MS).toUTCString() }), asked);
  expect(Math.abs(platformNow() - (real - DAY_MS))).toBeLessThan(1_500);
  learnTime(new Headers(), asked);
  expect(Math.abs(platformNow() - (real - DAY_MS))).toBeLessThan(1_500);
});
