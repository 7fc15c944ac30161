import { expect, test } from '@jest/globals';
import { levelOf, NOTHING_DB } from './level.ts';

test('full scale is 0 dB, a tenth is -20', () => {
  const square = Float32Array.from({ length: 100 }, (_, i) => (i % 2 ? 0.1 : -0.1));
  expect(levelOf(square).peakDb).toBeCloseTo(-20, 3);
  expect(levelOf(square).rmsDb).toBeCloseTo(-20, 3);
  expect(levelOf(Float32Array.of(1, -1)).peakDb).toBeCloseTo(0, 3);
});

test('digital silence, and nothing at all, is as quiet as there is', () => {
  for (const samples of [new Float32Array(10), new Float32Array()])
    expect(levelOf(samples)).toEqual({ peakDb: NOTHING_DB, rmsDb: NOTHING_DB, clippedShare: 0 });
});

test('counts what is flattened at full scale', () => {
  expect(levelOf(Float32Array.of(1, -1, 0.99, 0.5)).clippedShare).toBe(0.75);
});
