import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { WordClass } from '#protocol/moderation.ts';
import { fold } from './fold.ts';
import { WordList } from './word-list.ts';

const listOf = (words: Record<string, WordClass>) =>
  new WordList(
    1,
    Object.entries(words).map(([word, wordClass]) => ({ folded: fold(word).units, wordClass })),
  );

describe('a sensitive word', () => {
  const list = listOf({ 坏话: 'block', damn: 'block', 赌博: 'block', 考试答案: 'hold' });

  test.each([
    ['as it is', '说坏话'],
    ['between spaces', '坏 话'],
    ['between punctuation', '坏。。话、'],
    ['with something unseen inside', '坏\u200b\u2060\u00ad话'],
    ['over lines', '坏\n话'],
    ['in wide letters', 'ｄａｍｎ'],
    ['in capitals', 'DaMn'],
    ['in circles and mathematics', 'ⓓ𝐚𝓂𝖓'],
    ['with accents', 'dämn'],
    ['with letters of other alphabets', 'dаmn'],
    ['letter by letter', 'd-a_m n!'],
    ['in traditional characters', '賭博'],
  ])('is found %s', (_name, text) => {
    expect(list.check(text)).toBe('block');
  });

  test.each([
    ['is not there', '今天天气好'],
    ['is only begun', '坏'],
    ['is part of a longer Latin word', 'goddamned'],
    ['lies across two Latin words', 'sad amnesty'],
  ])('is not found where it %s', (_name, text) => {
    expect(list.check(text)).toBeNull();
  });

  test('stands beside Chinese without a space', () => {
    expect(list.check('他说damn啊')).toBe('block');
  });

  test('that blocks is stronger than one that holds', () => {
    expect([list.check('发考试答案'), list.check('发考试答案，坏话')]).toEqual(['hold', 'block']);
  });
});

test('all words of a text are told, each once, with what it asks for', () => {
  const list = listOf({ 坏话: 'block', 坏: 'hold', 考试答案: 'hold', ass: 'hold' });
  expect([...list.wordsIn('坏 话，坏话！class 发考试答案')]).toEqual([
    ['坏', 'hold'],
    ['坏话', 'block'],
    ['考试答案', 'hold'],
  ]);
});

test('every word of a list is found in every text that contains it, and no other', () => {
  const word = fc.string({ unit: fc.constantFrom('天', '地', '人', '和', '平'), minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.array(word, { maxLength: 8 }), (words, parts) => {
      const text = parts.join('');
      const list = new WordList(
        1,
        words.map((folded) => ({ folded, wordClass: 'hold' })),
      );
      expect(list.check(text)).toBe(words.some((known) => text.includes(known)) ? 'hold' : null);
    }),
    { numRuns: 2_000 },
  );
});

test('an empty list finds nothing', () => {
  expect(new WordList(0, []).check('坏话')).toBeNull();
});
