const FIRST_MS = 200;
const LONGEST_MS = 5_000;
const STABLE_MS = 60_000;

/** How long to wait before a service is started again: doubles from 200 ms to 5 s, forgets after a stable minute. */
export class Backoff {
  #failures = 0;

  /** Deaths in a row, none of them after a stable minute. */
  get failures(): number {
    return this.#failures;
  }

  /** @param livedMs how long the service that just died had run; returns milliseconds */
  next(livedMs: number): number {
    this.#failures = livedMs >= STABLE_MS ? 1 : this.#failures + 1;
    return Math.min(LONGEST_MS, FIRST_MS * 2 ** (this.#failures - 1));
  }
}
