import type { SpaceLevel } from './directing.ts';

/* How long a disk lasts at the rate at which recordings fill it, and when somebody must be told. */

const MINUTE_MS = 60_000;
export const AMBER_BELOW_MS = 120 * MINUTE_MS;
export const RED_BELOW_MS = 30 * MINUTE_MS;
/** A level is left only this much above where it began: a rate that sways does not ring the alarm again and again. */
const BACK_ABOVE = 1.1;
/** Left to the rest of the machine: the database and the logs share the disk. */
export const RESERVED_BYTES = 512 * 1024 ** 2;

/** Ms until only the reserve is left; null while the rate is not known or nothing is written. */
export function spaceLeftMs(freeBytes: number, bytesPerSecond: number | null): number | null {
  const usable = Math.max(0, freeBytes - RESERVED_BYTES);
  // Without a rate only this much is certain.
  if (usable === 0) return 0;
  return bytesPerSecond ? (usable / bytesPerSecond) * 1_000 : null;
}

/** The level at `leftMs` when it was `before`; an unknown rest changes nothing. */
export function spaceLevel(leftMs: number | null, before: SpaceLevel | null): SpaceLevel | null {
  if (leftMs === null) return before;
  const red = before === 'red' ? RED_BELOW_MS * BACK_ABOVE : RED_BELOW_MS;
  const amber = before === null ? AMBER_BELOW_MS : AMBER_BELOW_MS * BACK_ABOVE;
  if (leftMs < red) return 'red';
  return leftMs < amber ? 'amber' : null;
}
