/** Waiting times that double from one failure to the next, with a random quarter so that a school's pages do not knock together. */
export class Backoff {
  readonly #firstMs: number;
  readonly #maxMs: number;
  #failures = 0;

  constructor(firstMs: number, maxMs: number) {
    this.#firstMs = firstMs;
    this.#maxMs = maxMs;
  }

  /** Milliseconds to wait before the next attempt; each call counts one more failure. */
  next(random: () => number = Math.random): number {
    const base = Math.min(this.#maxMs, this.#firstMs * 2 ** this.#failures);
    this.#failures += 1;
    return base * (1 + random() / 4);
  }

  reset(): void {
    this.#failures = 0;
  }
}
