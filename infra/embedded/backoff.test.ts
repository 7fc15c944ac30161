import { expect, test } from '@jest/globals';
import { Backoff } from './backoff.ts';

test('waits double from 200 ms to 5 s', () => {
  const backoff = new Backoff();
  expect([1, 2, 3, 4, 5, 6, 7].map(() => backoff.next(100))).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
});

test('a stable minute is forgiven', () => {
  const backoff = new Backoff();
  for (let i = 0; i < 5; i += 1) backoff.next(100);
  expect(backoff.next(60_000)).toBe(200);
  expect(backoff.next(59_999)).toBe(400);
});
