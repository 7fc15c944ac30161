import { expect, test } from '@jest/globals';
import { findBox } from './box.ts';
import { fragment, type Sample } from './fragment.ts';
import { moveFragment, readFragment } from './read-fragment.ts';

const samples: Sample[] = ['key', 'two', 'three', 'four'].map((text, index) => ({
  data: Buffer.from(text),
  duration: 100,
  sync: index === 0,
}));
const file = Buffer.concat(fragment(3, 5_000, samples));
const texts = (pieces: Buffer[]) =>
  readFragment(Buffer.concat(pieces)).samples.map(({ data, duration }) => `${data} ${duration}`);

test('a segment is read as it was written', () => {
  expect(readFragment(file)).toEqual({ start: 5_000, samples });
});

test('moved whole it keeps its samples and has another time and number', () => {
  const moved = moveFragment(file, { sequence: 9, start: 70, from: 5_000, until: 5_400 });
  expect(readFragment(Buffer.concat(moved))).toEqual({ start: 70, samples });
  expect(findBox(Buffer.concat(moved), ['moof', 'mfhd'])!.readUInt32BE(4)).toBe(10);
});

test('cut at its end the last sample ends with the cut, cut at its start the rest keeps its distance', () => {
  expect(texts(moveFragment(file, { sequence: 0, start: 0, from: 5_000, until: 5_250 }))).toEqual([
    'key 100',
    'two 100',
    'three 50',
  ]);
  const late = Buffer.concat(moveFragment(file, { sequence: 0, start: 1_000, from: 5_120, until: 5_400 }));
  expect(readFragment(late)).toMatchObject({ start: 1_080, samples: [{ duration: 100 }, { duration: 100 }] });
});

test.each([0, 4, 30, 60, 90])('a file torn after %i bytes is refused', (bytes) => {
  expect(() => readFragment(file.subarray(0, bytes))).toThrow(RangeError);
});
