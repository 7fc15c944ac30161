import { describe, expect, test } from '@jest/globals';
import { OPUS_SILENCE } from '../write/stand-ins.ts';
import { AudioCutter } from './audio-cutter.ts';
import type { CutSegment } from './segment.ts';

const MS = 48;
const SOUND = Buffer.from([0xf8, 1, 2]);

function setUp(floor = 0) {
  const segments: CutSegment[] = [];
  const cutter = new AudioCutter(floor, (segment) => segments.push(segment));
  const play = (fromMs: number, toMs: number, stretch = 1) => {
    for (let ms = fromMs; ms < toMs - 1; ms += 20 * stretch) cutter.packet(ms * MS, 960, SOUND);
  };
  const spans = () => segments.map(({ start, end }) => [start / MS, end / MS]);
  return { segments, cutter, play, spans };
}

const total = (segment: CutSegment) => segment.samples.reduce((sum, sample) => sum + sample.duration, 0);
const silent = (segment: CutSegment) =>
  segment.samples.filter((sample) => sample.data === OPUS_SILENCE).length;

describe('AudioCutter', () => {
  test('cuts every 2 s, samples end to end', () => {
    const { play, spans, segments } = setUp();
    play(0, 6_000);
    expect(spans()).toEqual([
      [0, 2_000],
      [2_000, 4_000],
      [4_000, 6_000],
    ]);
    for (const segment of segments) expect(total(segment)).toBe(segment.end - segment.start);
  });

  test('a lost stretch becomes silence of the same length', () => {
    const { play, segments } = setUp();
    play(0, 1_000);
    play(1_300, 2_000);
    expect(segments.length).toBe(1);
    expect(segments[0]!.end).toBe(2_000 * MS);
    expect(silent(segments[0]!)).toBe(15);
  });

  test("a late start at the floor is silence up to 1 s, beyond that the hole is the writer's", () => {
    const near = setUp();
    near.play(600, 2_000);
    expect(near.spans()).toEqual([[0, 2_000]]);
    const far = setUp();
    far.play(5_000, 6_000);
    expect(far.spans()).toEqual([[5_000, 6_000]]);
  });

  test('follows a clock that is off by 0.1 % without inserting or dropping anything', () => {
    const { play, segments } = setUp();
    play(0, 60_000, 1.001);
    const last = segments.at(-1)!;
    expect(silent(last)).toBe(0);
    const packets = segments.reduce((sum, segment) => sum + segment.samples.length, 0);
    expect(Math.abs(last.end - packets * 20 * 1.001 * MS)).toBeLessThan(20 * MS);
  });

  test('drops what comes too early for its place', () => {
    const { cutter, play, segments } = setUp();
    play(0, 1_000);
    expect(cutter.packet(900 * MS, 960, SOUND)).toBe(false);
    play(1_000, 2_000);
    expect(segments[0]!.samples.length).toBe(100);
  });

  test('ends exactly at the bell', () => {
    for (const bell of [1_505, 1_500, 1_495, 1_730]) {
      const { cutter, play, segments } = setUp();
      play(0, 1_500);
      cutter.close(bell * MS);
      expect(segments[0]!.end).toBe(bell * MS);
      expect(total(segments[0]!)).toBe(bell * MS);
    }
  });
});
