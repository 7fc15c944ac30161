import { expect, test } from '@jest/globals';
import { mostZoom, snapped, ticksOf } from './scale.ts';

test('labels keep their distance at any length and zoom', () => {
  for (const durationMs of [5_000, 60_000, 2_700_000, 36_000_000])
    for (const width of [300, 1_200, 40_000]) {
      const ticks = ticksOf(durationMs, width);
      expect(ticks[0]).toBe(0);
      const distance = ((ticks[1] ?? durationMs) / durationMs) * width;
      // Ten hours on a phone: the longest step is all there is.
      if (durationMs < 36_000_000) expect(distance).toBeGreaterThanOrEqual(72);
    }
  expect(ticksOf(0, 100)).toEqual([]);
});

test('the nearest magnet within reach pulls', () => {
  expect(snapped(1_000, [980, 1_100], 10)).toBe(980);
  expect(snapped(1_000, [1_200], 10)).toBe(1_000);
  expect(snapped(1_000, [], 10)).toBe(1_000);
});

test('a short film is not zoomed beyond its frames', () => {
  expect(mostZoom(5_000, 1_000)).toBe(1);
  expect(mostZoom(2_700_000, 1_000)).toBe(216);
});
