import { expect, test } from '@jest/globals';
import type { Chapter } from '#protocol/chapters.ts';
import { placedChapters } from './placed-chapters.ts';

const id = (letter: string) => letter.repeat(22);
const chapter = (seq: number, fromMs: number): Chapter => ({
  seq,
  fromMs,
  kind: seq === 0 ? 'start' : 'page',
  name: '',
  number: 1,
});
const chapters = [chapter(0, 0), chapter(4, 60_000), chapter(9, 120_000)];
const clip = (fromMs: number, toMs: number, title: string | null = null, recording = 'r') => ({
  recordingId: id(recording),
  lessonId: id('l'),
  fromMs,
  toMs,
  title,
});
const line = (...clips: ReturnType<typeof clip>[]) =>
  placedChapters(id('r'), clips.length > 0 ? clips : null, (recordingId) =>
    recordingId === id('r') ? chapters : [],
  ).map(({ shownMs, lessonMs, chapter: { seq }, title }) => [shownMs, lessonMs, seq, title]);

test('a whole lesson has its own chapters', () => {
  expect(line()).toEqual([
    [0, 0, 0, null],
    [60_000, 60_000, 4, null],
    [120_000, 120_000, 9, null],
  ]);
});

test('a trimmed one begins in the chapter that ran then, and has no others than it shows', () => {
  expect(line(clip(70_000, 130_000))).toEqual([
    [0, 70_000, 4, null],
    [50_000, 120_000, 9, null],
  ]);
});

test('a cut within a chapter makes no new one; another clip’s title does', () => {
  expect(line(clip(0, 20_000), clip(30_000, 50_000))).toEqual([[0, 0, 0, null]]);
  expect(line(clip(0, 20_000), clip(30_000, 70_000, 'exercise'))).toEqual([
    [0, 0, 0, null],
    [20_000, 30_000, 0, 'exercise'],
    [50_000, 60_000, 4, null],
  ]);
  expect(line(clip(0, 20_000), clip(0, 20_000, null, 's'))).toEqual([[0, 0, 0, null]]);
});
