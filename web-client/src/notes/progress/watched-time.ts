/** Between two looks a second passes; a busy page may look later. */
const MOST_BETWEEN_LOOKS_MS = 3_000;

/** How much of a replay was played: jumps are no playing, and neither is standing still. */
export class WatchedTime {
  #lastMs: number | null = null;
  #watchedMs = 0;

  /** One look at the player: where it is, ms, whether it plays, and how fast. */
  look(timeMs: number, playing: boolean, rate: number): void {
    const step = this.#lastMs === null ? 0 : timeMs - this.#lastMs;
    if (playing && step > 0 && step <= MOST_BETWEEN_LOOKS_MS * rate) this.#watchedMs += step;
    this.#lastMs = timeMs;
  }

  /** What was played since this was asked before, ms. */
  take(): number {
    const watched = this.#watchedMs;
    this.#watchedMs = 0;
    return watched;
  }

  /** Gives back what could not be told, to be told the next time. */
  giveBack(ms: number): void {
    this.#watchedMs += ms;
  }
}
