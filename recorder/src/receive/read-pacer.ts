/** Long enough to gather the packets of several pictures, short against everything that waits for us. */
const NAP_MS = 40;
/** After a burst of this size more may be waiting in the kernel: read on at once. */
const LARGE_BURST = 32;

/**
 * Lets packets gather in the kernel instead of waking up for each: the process sleeps a little after each
 * burst. Measured on one lesson (three layers and sound): receiving alone costs half as much that way, and
 * a recorder has no use for a packet 40 ms sooner. It never sleeps while something is being written, so
 * that a finished segment is listed at once, and arrival times stay good enough for the clock's minimum
 * filter.
 */
export class ReadPacer {
  readonly #cell = new Int32Array(new SharedArrayBuffer(4));
  #packets = 0;
  #scheduled = false;
  #writing = 0;

  /** Call for each packet read. */
  packet(): void {
    this.#packets++;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#rest);
  }

  /** Between these two calls nothing sleeps. */
  writingBegins(): void {
    this.#writing++;
  }

  writingEnds(): void {
    this.#writing--;
  }

  readonly #rest = (): void => {
    this.#scheduled = false;
    const large = this.#packets >= LARGE_BURST;
    this.#packets = 0;
    if (!large && this.#writing === 0) Atomics.wait(this.#cell, 0, 0, NAP_MS);
  };
}

/** One event loop, one pacer. */
export const readPacer = new ReadPacer();
