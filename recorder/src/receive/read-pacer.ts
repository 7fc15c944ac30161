/** Long enough to gather the packets of several pictures, short against everything that waits for us. */
const NAP_MS = 80;
/** While something is due at once. */
const DOZE_MS = 8;
/** libuv reads this many datagrams of a socket in one go: after so many there may be more, read on at once. */
const LARGE_BURST = 32;

/**
 * Lets packets gather in the kernel instead of waking up for each: the process sleeps after each burst.
 * Measured on one lesson (three layers and sound), receiving alone costs a third that way, and a recorder
 * has no use for a packet 80 ms sooner, except when it waits for one: after a key frame was asked for, while
 * a hole is open and while something is being written (the listing of a finished segment waits for the disk
 * two times) it only dozes. The clock's minimum filter does not mind late reading.
 */
export class ReadPacer {
  readonly #cell = new Int32Array(new SharedArrayBuffer(4));
  #packets = 0;
  #scheduled = false;
  #writing = 0;
  #awakeUntil = 0;

  /** Call for each packet read. */
  packet(): void {
    this.#packets++;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#rest);
  }

  /** Only doze for the next `ms` milliseconds. */
  stayAwake(ms: number): void {
    this.#awakeUntil = Math.max(this.#awakeUntil, performance.now() + ms);
  }

  /** Between these two calls the process only dozes. */
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
    if (large) return;
    const due = this.#writing > 0 || performance.now() < this.#awakeUntil;
    Atomics.wait(this.#cell, 0, 0, due ? DOZE_MS : NAP_MS);
  };
}

/** One event loop, one pacer. */
export const readPacer = new ReadPacer();
