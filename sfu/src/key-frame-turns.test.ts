import { expect, test } from '@jest/globals';
import { KEY_FRAME_SPACING_MS, KeyFrameTurns } from './key-frame-turns.ts';

test('the first request is heard at once', () => {
  expect(new KeyFrameTurns().wait(5)).toBe(0);
});

test('the next one is heard when the spacing is over', () => {
  const turns = new KeyFrameTurns();
  turns.sent(1_000);
  expect(turns.wait(1_100)).toBe(KEY_FRAME_SPACING_MS - 100);
  expect(turns.wait(1_000 + KEY_FRAME_SPACING_MS)).toBe(0);
});

test('a request that nobody hears does not delay the next one', () => {
  const turns = new KeyFrameTurns();
  turns.sent(1_000);
  turns.sent(1_200);
  expect(turns.wait(1_200)).toBe(KEY_FRAME_SPACING_MS - 200);
});

test('a request that may have been heard does', () => {
  const turns = new KeyFrameTurns();
  turns.sent(1_000);
  turns.sent(1_290);
  expect(turns.wait(1_290)).toBe(KEY_FRAME_SPACING_MS);
});
