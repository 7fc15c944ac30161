import { cpus } from 'node:os';

/** Shares of the machine that others than niced work use, above which work waits and below which it goes on. */
const WAIT_ABOVE = 0.7;
const GO_ON_BELOW = 0.5;

/** CPU time since the machine began, in ms: of work that is not niced, and of all cores together. */
export interface CpuTimes {
  busy: number;
  total: number;
}

export function cpuTimes(): CpuTimes {
  let busy = 0;
  let total = 0;
  for (const { times } of cpus()) {
    const { user, nice, sys, idle, irq } = times;
    busy += user + sys + irq;
    total += user + nice + sys + idle + irq;
  }
  return { busy, total };
}

/** Share of the machine that was used between two readings, 0 to 1; 0 where the machine does not tell. */
export function shareBetween(before: CpuTimes, after: CpuTimes): number {
  const total = after.total - before.total;
  return total > 0 ? Math.max(0, (after.busy - before.busy) / total) : 0;
}

/**
 * Whether work in the background has to stand still: only while a lesson is live, and only where the machine is
 * loaded by others. The gap between the two marks keeps it from stopping and starting at every look.
 */
export function mustWait(standing: boolean, live: boolean, share: number): boolean {
  if (!live) return false;
  return standing ? share > GO_ON_BELOW : share > WAIT_ABOVE;
}

/** Looks at the machine at every call. */
export class Courtesy {
  readonly #live: () => Promise<boolean>;
  readonly #read: () => CpuTimes;
  #before: CpuTimes;
  #standing = false;

  constructor(live: () => Promise<boolean>, read: () => CpuTimes = cpuTimes) {
    this.#live = live;
    this.#read = read;
    this.#before = read();
  }

  /** Whether to stand still until the next look. */
  async look(): Promise<boolean> {
    const now = this.#read();
    const share = shareBetween(this.#before, now);
    this.#before = now;
    this.#standing = mustWait(this.#standing, await this.#live(), share);
    return this.#standing;
  }
}
