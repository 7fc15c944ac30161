import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time that a process has used so far, in ms, over all its threads. From `/proc/PID/task/TID/schedstat`
 * (nanoseconds on the CPU): `/proc/PID/stat` counts in ticks of 10 ms, too coarse for a recorder that uses
 * half a percent of a core. Linux only.
 */
export function cpuMs(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // The thread ended meanwhile.
    }
  }
  return nanoseconds / 1e6;
}

/** CPU ms a second of each named set of processes, over the same window. */
export class CpuWindow {
  readonly #pids: readonly number[];
  readonly #startedAt = performance.now();
  readonly #before: number;

  constructor(pids: readonly number[]) {
    this.#pids = pids;
    this.#before = this.#sum();
  }

  /** CPU ms a second since the window was opened. */
  read(): number {
    return ((this.#sum() - this.#before) * 1000) / (performance.now() - this.#startedAt);
  }

  #sum(): number {
    return this.#pids.reduce((sum, pid) => sum + cpuMs(pid), 0);
  }
}

/** Process ids of the children of `pid`, by `/proc`. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const text = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  });
}
