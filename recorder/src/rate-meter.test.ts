import { expect, test } from '@jest/globals';
import { RateMeter } from './rate-meter.ts';

test('says nothing at first, then the rate of the last half minute', () => {
  const meter = new RateMeter();
  meter.add(0, 0, false);
  meter.add(4_000, 4_000_000, false);
  expect(meter.bytesPerSecond).toBeNull();
  for (let at = 6_000; at <= 60_000; at += 2_000) meter.add(at, at * 1_000, false);
  expect(meter.bytesPerSecond).toBeCloseTo(1_000_000, 5);
  // Half as fast from here on: after half a minute nothing of before counts.
  for (let at = 62_000; at <= 100_000; at += 2_000) meter.add(at, 60_000_000 + (at - 60_000) * 500, false);
  expect(meter.bytesPerSecond).toBeCloseTo(500_000, 5);
});

test('a recording that stands still keeps the rate at which it will go on', () => {
  const meter = new RateMeter();
  for (let at = 0; at <= 10_000; at += 2_000) meter.add(at, at * 1_000, false);
  for (let at = 12_000; at <= 200_000; at += 2_000) meter.add(at, 10_000_000, true);
  expect(meter.bytesPerSecond).toBeCloseTo(1_000_000, 5);
  meter.add(202_000, 10_000_000, false);
  expect(meter.bytesPerSecond).toBeCloseTo(1_000_000, 5);
});
