import { describe, expect, test } from '@jest/globals';
import { packInk } from '#protocol/ink.ts';
import type { Passing } from '#protocol/passing.ts';
import { OthersInk } from './others-ink.ts';

const stroke = (ref: number, from: number, xs: number[]): Passing => ({
  kind: 'stroke',
  pageId: 'page',
  ref,
  tool: 'pen',
  color: 'red',
  width: 4,
  from,
  ink: packInk(xs.map((x) => ({ x, y: 0.5, pressure: 0.5, t: 0 }))),
});

describe('what the others draw', () => {
  const xs = (ink: OthersInk) =>
    ink.strokesOn('page').map(({ points }) => points.map(({ x }) => Number(x.toFixed(1))));

  test('grows as it comes, whatever got lost or came twice', () => {
    const ink = new OthersInk();
    ink.hear('a', stroke(1, 0, [0.1, 0.2]), 0);
    ink.hear('a', stroke(1, 2, [0.3]), 0);
    ink.hear('a', stroke(1, 2, [0.3, 0.4]), 0);
    ink.hear('a', stroke(1, 9, [0.9]), 0);
    expect(xs(ink)).toEqual([[0.1, 0.2, 0.3, 0.4, 0.9]]);
  });

  test('goes when its event comes, and not before its end', () => {
    const ink = new OthersInk();
    ink.hear('a', stroke(1, 0, [0.1]), 0);
    ink.hear('a', { kind: 'strokeEnd', ref: 1, dropped: false }, 0);
    ink.hear('a', stroke(2, 0, [0.2]), 0);
    ink.committed('b');
    expect(xs(ink)).toHaveLength(2);
    ink.committed('a');
    expect(xs(ink)).toEqual([[0.2]]);
    ink.hear('a', { kind: 'strokeEnd', ref: 2, dropped: true }, 0);
    expect(xs(ink)).toEqual([]);
  });

  test('is swept away when its page is gone', () => {
    const ink = new OthersInk();
    ink.hear('a', stroke(1, 0, [0.1]), 0);
    ink.hear('b', { kind: 'laser', pageId: 'page', x: 0.5, y: 0.5 }, 3_000);
    expect(ink.sweep(4_500)).toBe(true);
    expect([xs(ink), ink.lasersOn('page')]).toEqual([[], [expect.objectContaining({ x: 0.5 })]]);
    ink.hear('b', { kind: 'laserOff' }, 4_600);
    expect(ink.lasersOn('page')).toEqual([]);
  });
});
