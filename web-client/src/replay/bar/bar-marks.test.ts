import { expect, test } from '@jest/globals';
import { onBar, tileAt } from './bar-marks.ts';

const id = (letter: string) => letter.repeat(22);
const clip = (recording: string, fromMs: number, toMs: number) => ({
  recordingId: id(recording),
  lessonId: id('l'),
  fromMs,
  toMs,
  title: null,
});

test('stretches move to where their clips are shown, and end with them', () => {
  const spans = [
    { fromMs: 0, toMs: 30 },
    { fromMs: 40, toMs: 100 },
  ];
  expect(onBar(spans, id('r'), null)).toEqual(spans);
  expect(onBar(spans, id('r'), [clip('r', 20, 50), clip('s', 0, 100), clip('r', 90, 120)])).toEqual([
    { fromMs: 0, toMs: 10 },
    { fromMs: 20, toMs: 30 },
    { fromMs: 130, toMs: 140 },
  ]);
});

test('a moment’s small picture is found on its sheet', () => {
  const sheet = { everyMs: 10_000, columns: 5, count: 12 };
  expect(tileAt(sheet, 0)).toEqual({ column: 0, row: 0 });
  expect(tileAt(sheet, 69_999)).toEqual({ column: 1, row: 1 });
  expect(tileAt(sheet, 999_999)).toEqual({ column: 1, row: 2 });
  expect(tileAt({ ...sheet, count: 0 }, 0)).toBeNull();
});
