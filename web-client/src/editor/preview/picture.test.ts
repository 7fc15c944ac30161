import { expect, test } from '@jest/globals';
import type { Shot } from '#protocol/programme.ts';
import { BOARD } from '../../replay/view.ts';
import { onAir } from './picture.ts';

const id = 'a'.repeat(22);
const shot = (layout: Shot['layout'], board: boolean, ...feedIds: string[]): Shot => ({
  recordingId: id,
  atMs: 0,
  layout,
  board,
  feedIds,
});

test('the first source is the large one, the board before the feeds', () => {
  const places = onAir(shot('pip', true, 't'), []);
  expect([...places.keys()]).toEqual([BOARD, 't']);
  expect(places.get(BOARD)!.width).toBeGreaterThan(0.5);
  expect(places.get('t')!.width).toBeLessThan(0.5);
});

test('up to six pictures fill the stage and do not overlap', () => {
  for (const count of [2, 3, 4, 5, 6]) {
    const feeds = Array.from({ length: count }, (_, index) => `feed${index}`);
    const places = [...onAir(shot('grid', false, ...feeds), []).values()];
    expect(places).toHaveLength(count);
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
    for (const { x, y, width, height } of places) {
      expect(x + width).toBeLessThanOrEqual(1.0001);
      expect(y + height).toBeLessThanOrEqual(1.0001);
    }
  }
});

test('what is hidden has no place, and what is left takes all of it', () => {
  expect(onAir(shot('side', false, 't', 'p'), ['p'])).toEqual(
    new Map([['t', { x: 0, y: 0, width: 1, height: 1 }]]),
  );
  expect(onAir(shot('single', false, 'p'), ['p']).size).toBe(0);
  expect(onAir(null, []).size).toBe(0);
  expect([...onAir(shot('single', false, 'p'), ['p'], 't').keys()]).toEqual(['t']);
});
