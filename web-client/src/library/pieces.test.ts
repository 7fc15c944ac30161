import { expect, test } from '@jest/globals';
import { piecesOf } from './pieces.ts';

test('the words that were looked for are marked, wherever and however they are written', () => {
  expect(piecesOf('两位数的乘法', ['两位数', '乘法'])).toEqual([
    { text: '两位数', found: true },
    { text: '的', found: false },
    { text: '乘法', found: true },
  ]);
  expect(piecesOf('What Would', ['would'])).toEqual([
    { text: 'What ', found: false },
    { text: 'Would', found: true },
  ]);
});

test('nothing is marked where nothing was found, and signs are only signs', () => {
  expect(piecesOf('乘法(一)', [])).toEqual([{ text: '乘法(一)', found: false }]);
  expect(piecesOf('a.b', ['.*'])).toEqual([{ text: 'a.b', found: false }]);
  expect(piecesOf('', ['x'])).toEqual([]);
});
