import { useNow } from '../ui/use-now.ts';

const TICK_MS = 1000;

/** The server's time, wall ms, renewed every second: a classroom's own clock is often wrong. */
export const useClock = (clockOffsetMs: number): number => useNow(TICK_MS) + clockOffsetMs;
