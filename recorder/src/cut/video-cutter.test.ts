import { describe, expect, test } from '@jest/globals';
import { BLACK } from '../write/stand-ins.ts';
import type { CutSegment } from './segment.ts';
import { VideoCutter } from './video-cutter.ts';

const MS = 90;
const parameters = BLACK.parameters;
const other = { ...parameters, key: 'other' };

function setUp(floor = 0) {
  const segments: CutSegment[] = [];
  const cutter = new VideoCutter(floor, (segment) => segments.push(segment));
  const show = (ms: number, key = false, sets = parameters) =>
    cutter.frame({
      time: ms * MS,
      key,
      data: Buffer.from([0, 0, 0, 1, 1]),
      parameters: key ? sets : undefined,
    });
  const spans = () => segments.map(({ start, end }) => [start / MS, end / MS]);
  return { segments, cutter, show, spans };
}

describe('VideoCutter', () => {
  test('cuts at the first key frame from 1.9 s on, where its first packet arrives', () => {
    const { cutter, show, spans, segments } = setUp();
    show(0, true);
    for (const ms of [500, 1_000]) show(ms, ms === 1_000);
    show(1_960);
    cutter.keyFrameStarts(2_000 * MS);
    expect(spans()).toEqual([[0, 2_000]]);
    expect(segments[0]!.samples.map((sample) => [sample.duration / MS, sample.sync])).toEqual([
      [500, true],
      [500, false],
      [960, true],
      [40, false],
    ]);
  });

  test('a key frame that was asked for cuts from 0.95 s on', () => {
    const { cutter, show, spans } = setUp();
    show(0, true);
    cutter.askCut();
    show(500, true);
    show(1_000, true);
    expect(spans()).toEqual([[0, 1_000]]);
    expect(cutter.owesCut(2_500 * MS)).toBe(false);
    cutter.askCut();
    expect(cutter.owesCut(2_500 * MS)).toBe(true);
  });

  test('a changed parameter set ends the segment at once', () => {
    const { show, spans, cutter, segments } = setUp();
    show(0, true);
    show(300, true, other);
    cutter.close(1_000 * MS);
    expect(spans()).toEqual([
      [0, 300],
      [300, 1_000],
    ]);
    expect(segments.map((segment) => segment.parameters!.key)).toEqual([parameters.key, 'other']);
  });

  test('without a key frame it cuts at 3.4 s', () => {
    const { show, spans, segments } = setUp();
    show(0, true);
    for (let ms = 100; ms <= 3_500; ms += 100) show(ms);
    expect(spans()).toEqual([[0, 3_400]]);
    expect(segments[0]!.samples.length).toBe(34);
  });

  test('after a loss it holds the last picture until the next key frame', () => {
    const { cutter, show, spans, segments } = setUp();
    show(0, true);
    show(40);
    cutter.lost();
    expect(show(80)).toBe(false);
    expect(show(440, true)).toBe(true);
    cutter.close(500 * MS);
    expect(spans()).toEqual([[0, 500]]);
    expect(segments[0]!.samples.map((sample) => sample.duration / MS)).toEqual([40, 400, 60]);
  });

  test('media that is away for 3 s ends its segment, and only a key frame goes on after a stand-in', () => {
    const { cutter, show, spans } = setUp();
    show(0, true);
    show(1_000);
    cutter.closeIfAway(3_900 * MS);
    expect(spans()).toEqual([]);
    cutter.closeIfAway(4_100 * MS);
    expect(spans()).toEqual([[0, 1_033]]);
    cutter.claim(4_000 * MS);
    expect(cutter.needsKey).toBe(true);
    expect(show(4_500)).toBe(false);
    show(4_700, true);
    cutter.close(5_000 * MS);
    expect(spans()[1]).toEqual([4_700, 5_000]);
  });

  test('no segment is longer than the target duration allows', () => {
    const { show, cutter, spans } = setUp();
    show(0, true);
    show(2_900, true);
    expect(spans()).toEqual([[0, 2_900]]);
    show(5_000);
    // 2.1 s without a picture, then another 4 s: the hole is the writer's.
    show(9_000, true);
    cutter.close(9_100 * MS);
    for (const [start, end] of spans()) expect(end! - start!).toBeLessThanOrEqual(3_450);
    expect(spans().at(-1)).toEqual([9_000, 9_100]);
  });

  test('times never go back and nothing starts before the floor', () => {
    const { show, cutter, spans, segments } = setUp(1_000 * MS);
    show(950, true);
    show(940);
    show(1_100);
    cutter.close(1_200 * MS);
    expect(spans()).toEqual([[1_000, 1_200]]);
    expect(Math.min(...segments[0]!.samples.map((sample) => sample.duration))).toBeGreaterThan(0);
  });
});
