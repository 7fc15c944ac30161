import { expect, test } from '@jest/globals';
import { Backoff } from './backoff.ts';

test('waiting times double up to the most, and begin again after a success', () => {
  const backoff = new Backoff(100, 500);
  const calm = () => 0;
  expect([1, 2, 3, 4, 5].map(() => backoff.next(calm))).toEqual([100, 200, 400, 500, 500]);
  backoff.reset();
  expect(backoff.next(calm)).toBe(100);
});

test('a random quarter is added', () => {
  expect(new Backoff(100, 500).next(() => 1)).toBe(125);
});
