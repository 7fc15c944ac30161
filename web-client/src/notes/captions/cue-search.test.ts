import { expect, test } from '@jest/globals';
import type { Cue } from '#protocol/caption.ts';
import { cuesAt, findCues, indexAt } from './cue-search.ts';

const cue = (startMs: number, endMs: number, text: string, speaker: string | null = null): Cue => ({
  startMs,
  endMs,
  text,
  speaker,
});
const CUES = [
  cue(1_000, 3_000, '同学们好'),
  cue(2_000, 4_000, '老师好', '学生'),
  cue(10_000, 12_000, '今天学<b>两位数</b>乘法\nＡＢＣ'),
];

test('two may speak at once, and between cues nobody does', () => {
  expect(cuesAt(CUES, 2_500).map(({ text }) => text)).toEqual(['同学们好', '老师好']);
  expect(cuesAt(CUES, 4_000)).toEqual([]);
  expect([0, 1_000, 2_500, 9_999, 10_000, 99_000].map((ms) => indexAt(CUES, ms))).toEqual([
    -1, 0, 1, 1, 2, 2,
  ]);
});

test('what is said is found whatever its markup, width, case and blanks', () => {
  expect(findCues(CUES, '两位数乘法')).toEqual([2]);
  expect(findCues(CUES, 'abc')).toEqual([2]);
  expect(findCues(CUES, '好')).toEqual([0, 1]);
  expect(findCues(CUES, '学生 老师')).toEqual([1]);
  expect(findCues(CUES, '除法')).toEqual([]);
  expect(findCues(CUES, '  ')).toEqual([]);
});
