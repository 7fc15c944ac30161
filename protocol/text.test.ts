import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, sharedText } from './text.ts';

test.each([
  ['turns nothing around', 'abc\u202edef\u2066ghi', 'abcdefghi'],
  ['holds nothing unseen', 'a\u200bb\ufeffc\u0000d\u{e0041}', 'abcd'],
  ['keeps what emoji and other scripts are made of', '👩‍🏫 हिन्दी', '👩‍🏫 हिन्दी'],
  ['does not pile up', `a${'\u0301'.repeat(40)}b`, `á${'\u0301'.repeat(6)}b`],
  ['is of whole characters', 'a\ud800b', 'a\ufffdb'],
  ['is one line', ' a\r\n\n b\u2028c ', 'a b c'],
])('a shared text %s', (_name, raw, clean) => {
  expect(cleanText(raw)).toBe(clean);
});

test('of several lines keeps them, up to its limit', () => {
  expect(cleanText('a\n\n\n\nb\nc', 3)).toBe('a\n\nb c');
});

test('is counted as a reader counts', () => {
  const text = sharedText({ max: 3 });
  expect(text.parse('😀😀😀')).toBe('😀😀😀');
  expect(text.safeParse('😀😀😀😀').success).toBe(false);
  expect(text.safeParse('\u200b \u202e').success).toBe(false);
});

test('cleaned twice is the same as once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 4 }), (raw, lines) => {
      const once = cleanText(raw, lines);
      expect(cleanText(once, lines)).toBe(once);
      expect(once.split('\n').length).toBeLessThanOrEqual(lines);
    }),
    { numRuns: 2_000 },
  );
});
