const WINDOW_MS = 30_000;
/** Segments come every two seconds; over less than this the rate would be chance. */
const SHORTEST_MS = 6_000;

/** How fast a recording grows, over the last half minute. */
export class RateMeter {
  #samples: { at: number; bytes: number }[] = [];
  /** Null until there is enough to go by. A recording that stands still keeps its rate: it will go on. */
  bytesPerSecond: number | null = null;

  /** `at` in ms of any clock that never steps back, `bytes` written so far. */
  add(at: number, bytes: number, held: boolean): void {
    if (held) {
      this.#samples = [];
      return;
    }
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && at - this.#samples[1]!.at >= WINDOW_MS) this.#samples.shift();
    const first = this.#samples[0]!;
    const elapsed = at - first.at;
    if (elapsed >= SHORTEST_MS) this.bytesPerSecond = Math.max(0, ((bytes - first.bytes) * 1_000) / elapsed);
  }
}
