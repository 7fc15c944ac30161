import { useNow } from '../ui/use-now.ts';

const TICK_MS = 1000;

/** The lesson's time, wall ms, renewed every second: finer than the platform's, by what its room said at joining. */
export const useClock = (clockOffsetMs: number): number => useNow(TICK_MS) + clockOffsetMs;
