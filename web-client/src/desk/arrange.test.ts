import { expect, test } from '@jest/globals';
import type { Layout } from '#protocol/programme.ts';
import { BOARD, laidOut, type Source, shotOf, sourcesOf, swapped, touched } from './arrange.ts';

const shot = (layout: Layout, ...sources: Source[]) => shotOf(layout, sources);

test('alone, a touch cuts', () => {
  expect(touched(shot('single', 'a'), 'b')).toEqual(shot('single', 'b'));
  expect(touched(shot('single', 'a'), BOARD)).toEqual({ layout: 'single', board: true, feedIds: [] });
});

test('of two, what is touched becomes large and what was large moves aside', () => {
  expect(touched(shot('pip', 'a', 'b'), 'c')).toEqual(shot('pip', 'c', 'a'));
  expect(touched(shot('pip', 'a', 'b'), 'b')).toEqual(shot('pip', 'b', 'a'));
  expect(touched(shot('side', 'a', 'b'), 'a')).toEqual(shot('side', 'a', 'b'));
});

test('the board keeps the first place, and a touch then changes the other one', () => {
  expect(sourcesOf(touched(shot('pip', 'a', 'b'), BOARD))).toEqual([BOARD, 'a']);
  expect(sourcesOf(touched(shot('pip', BOARD, 'a'), 'c'))).toEqual([BOARD, 'c']);
  expect(sourcesOf(swapped(shot('pip', BOARD, 'a')))).toEqual([BOARD, 'a']);
});

test('in a grid a touch brings in or takes out, from two to six', () => {
  expect(touched(shot('grid', 'a', 'b'), 'c')).toEqual(shot('grid', 'a', 'b', 'c'));
  expect(touched(shot('grid', 'a', 'b', 'c'), 'b')).toEqual(shot('grid', 'a', 'c'));
  expect(touched(shot('grid', 'a', 'b'), 'b')).toEqual(shot('grid', 'a', 'b'));
  expect(touched(shot('grid', 'a', 'b', 'c', 'd', 'e', 'f'), 'g')).toEqual(
    shot('grid', 'b', 'c', 'd', 'e', 'f', 'g'),
  );
});

test('another layout keeps what is shown and is filled up with the best of the rest', () => {
  expect(laidOut('pip', shot('single', 'b'), ['a', 'b', 'c'])).toEqual(shot('pip', 'b', 'a'));
  expect(laidOut('single', shot('pip', 'b', 'a'), ['a', 'b'])).toEqual(shot('single', 'b'));
  expect(laidOut('grid', shot('single', 'b'), ['a', 'b', 'c', 'd'], 4)).toEqual(
    shot('grid', 'b', 'a', 'c', 'd'),
  );
  // What has gone since is not kept.
  expect(laidOut('side', shot('side', 'x', 'b'), ['a', 'b'])).toEqual(shot('side', 'b', 'a'));
  expect(laidOut('side', shot('single', 'a'), ['a'])).toBeNull();
});
