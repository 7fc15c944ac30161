import { expect, test } from '@jest/globals';
import { merged, onBar, thumbnailAt } from './bar-marks.ts';

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

test('what two tracks miss at the same time is one gap', () => {
  const spans = [
    { fromMs: 50, toMs: 60 },
    { fromMs: 0, toMs: 30 },
    { fromMs: 10, toMs: 20 },
    { fromMs: 30, toMs: 40 },
  ];
  expect(merged(spans)).toEqual([
    { fromMs: 0, toMs: 40 },
    { fromMs: 50, toMs: 60 },
  ]);
});

test('a moment has the small picture of its interval, else the next one to it', () => {
  const thumbnails = { everyMs: 10_000, base: '/t/', names: ['a.jpg', null, 'c.jpg', null, null, null] };
  expect(
    [0, 9_999, 10_000, 25_000, 35_000, 45_000, 999_999].map((at) => thumbnailAt(thumbnails, at)),
  ).toEqual(['/t/a.jpg', '/t/a.jpg', '/t/c.jpg', '/t/c.jpg', '/t/c.jpg', null, null]);
  expect(thumbnailAt({ ...thumbnails, names: [] }, 0)).toBeNull();
});
