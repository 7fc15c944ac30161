import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Cue } from '#protocol/caption.ts';
import { addCue, changeCue, type Edited, mergeCues, removeCue, shiftCues, splitCue } from './cue-edit.ts';

const cue = (startMs: number, endMs: number, text: string, speaker: string | null = null): Cue => ({
  startMs,
  endMs,
  text,
  speaker,
});
const CUES = [
  cue(1_000, 3_000, '同学们好，今天学乘法'),
  cue(4_000, 6_000, '老师好', '学生'),
  cue(7_000, 8_000, '坐下'),
];
const told = (edited: Edited | null) =>
  edited && { at: edited.at, cues: edited.cues.map(({ startMs, endMs, text }) => [startMs, endMs, text]) };

describe('a cue', () => {
  test('is added where it belongs', () => {
    expect(told(addCue(CUES, 3_500, '新'))?.at).toBe(1);
    expect(told(addCue([], 0, '新'))).toEqual({ at: 0, cues: [[0, 2_000, '新']] });
  });

  test('is parted at the cursor: in time as in text, or where it is playing', () => {
    expect(told(splitCue(CUES, 0, 5, 0))).toEqual({
      at: 1,
      cues: [
        [1_000, 2_000, '同学们好，'],
        [2_000, 3_000, '今天学乘法'],
        [4_000, 6_000, '老师好'],
        [7_000, 8_000, '坐下'],
      ],
    });
    expect(told(splitCue(CUES, 0, 5, 1_700))?.cues[0]).toEqual([1_000, 1_700, '同学们好，']);
    expect(splitCue(CUES, 0, 0, 0)).toBeNull();
    expect(splitCue(CUES, 0, 99, 0)).toBeNull();
    expect(splitCue(CUES, 9, 1, 0)).toBeNull();
  });

  test('is made one with the next; another voice keeps its name', () => {
    expect(told(mergeCues(CUES, 0))?.cues[0]).toEqual([1_000, 6_000, '同学们好，今天学乘法\n学生: 老师好']);
    expect(told(mergeCues(CUES, 1))?.cues[1]).toEqual([4_000, 8_000, '老师好\n坐下']);
    expect(mergeCues(CUES, 2)).toBeNull();
  });

  test('takes its place when its time changes, and never has none', () => {
    expect(told(changeCue(CUES, 0, { startMs: 6_500, endMs: 6_800 }))?.at).toBe(1);
    expect(told(changeCue(CUES, 0, { startMs: 5_000 }))?.cues[1]).toEqual([
      5_000,
      5_100,
      '同学们好，今天学乘法',
    ]);
    expect(told(changeCue(CUES, 1, { endMs: 2_000 }))?.cues[1]).toEqual([1_900, 2_000, '老师好']);
  });

  test('is removed, and the one after it is next', () => {
    expect(told(removeCue(CUES, 1))).toMatchObject({ at: 1, cues: [{}, {}] });
    expect(told(removeCue(CUES, 2))?.at).toBe(1);
    expect(removeCue([], 0)).toBeNull();
  });
});

test('all are moved together, or from one on, and no word is lost at the beginning', () => {
  expect(told(shiftCues(CUES, 0, -500))?.cues.map(([at]) => at)).toEqual([500, 3_500, 6_500]);
  expect(told(shiftCues(CUES, 1, 1_000))?.cues.map(([at]) => at)).toEqual([1_000, 5_000, 8_000]);
  expect(told(shiftCues(CUES, 0, -2_000))?.cues[0]?.slice(0, 2)).toEqual([0, 1_000]);
  expect(shiftCues(CUES, 0, -60_000)).toBeNull();
  expect(shiftCues(CUES, 0, 0)).toBeNull();
});

test('whatever is done, cues stay well-formed and in order', () => {
  const anyCue = fc
    .tuple(fc.nat(60_000), fc.integer({ min: 1, max: 5_000 }), fc.constantFrom('好', '一二三四', 'a<b>c</b>'))
    .map(([startMs, length, text]) => cue(startMs, startMs + length, text));
  const ms = fc.integer({ min: -90_000_000, max: 90_000_000 });
  fc.assert(
    fc.property(fc.array(anyCue), fc.nat(6), fc.nat(6), ms, ms, (some, at, cursor, one, other) => {
      const cues = some.toSorted((a, b) => a.startMs - b.startMs);
      for (const edited of [
        addCue(cues, one, '新'),
        removeCue(cues, at),
        changeCue(cues, at, { startMs: one }),
        changeCue(cues, at, { startMs: one, endMs: other }),
        splitCue(cues, at, cursor, one),
        mergeCues(cues, at),
        shiftCues(cues, Math.min(at, cues.length), one),
      ]) {
        if (!edited) continue;
        Cue.array().parse(edited.cues);
        expect(edited.cues.every(({ startMs, endMs }) => endMs > startMs)).toBe(true);
        expect(edited.cues.every(({ startMs }, i) => startMs >= (edited.cues[i - 1]?.startMs ?? 0))).toBe(
          true,
        );
      }
    }),
  );
});
