import { expect, test } from '@jest/globals';
import { RESERVED_BYTES, spaceLeftMs, spaceLevel } from './space.ts';

const MINUTE = 60_000;
/** Two feeds of three layers and a microphone: about 5 Mbit/s. */
const RATE = 625_000;

test('what is left is told at the rate of everything that is written, and the reserve is nobody’s', () => {
  const hour = RATE * 3_600;
  expect(spaceLeftMs(RESERVED_BYTES + hour, RATE)).toBeCloseTo(60 * MINUTE, 5);
  // A second lesson on the same disk halves it.
  expect(spaceLeftMs(RESERVED_BYTES + hour, 2 * RATE)).toBeCloseTo(30 * MINUTE, 5);
  expect(spaceLeftMs(RESERVED_BYTES - 1, RATE)).toBe(0);
});

test('without a rate nothing is foretold, but an empty disk is', () => {
  expect(spaceLeftMs(RESERVED_BYTES * 10, null)).toBeNull();
  expect(spaceLeftMs(RESERVED_BYTES * 10, 0)).toBeNull();
  expect(spaceLeftMs(0, null)).toBe(0);
  expect(spaceLevel(null, null)).toBeNull();
  expect(spaceLevel(null, 'red')).toBe('red');
});

test('amber below two hours, red below half an hour, long before the disk is full', () => {
  expect(spaceLevel(121 * MINUTE, null)).toBeNull();
  expect(spaceLevel(119 * MINUTE, null)).toBe('amber');
  expect(spaceLevel(31 * MINUTE, 'amber')).toBe('amber');
  expect(spaceLevel(29 * MINUTE, 'amber')).toBe('red');
  expect(spaceLevel(0, null)).toBe('red');
});

test('a rate that sways does not ring again and again', () => {
  expect(spaceLevel(121 * MINUTE, 'amber')).toBe('amber');
  expect(spaceLevel(140 * MINUTE, 'amber')).toBeNull();
  expect(spaceLevel(31 * MINUTE, 'red')).toBe('red');
  expect(spaceLevel(40 * MINUTE, 'red')).toBe('amber');
  expect(spaceLevel(300 * MINUTE, 'red')).toBeNull();
});
