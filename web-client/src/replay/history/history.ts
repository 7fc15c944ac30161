import type { TimelineEvent } from '#protocol/timeline.ts';

/** So many events lie between two states that are kept: a seek applies fewer than that. */
const KEEP_EVERY = 64;

interface Placed {
  readonly atMs: number;
  readonly event: TimelineEvent;
}

/**
 * What a topic's projection was at any moment of a recorded lesson. Times, also those inside the state, are
 * lesson time in ms. Going on from where one was costs the events in between; a jump costs at most
 * {@link KEEP_EVERY} of them, however long the lesson.
 */
export class History<S> {
  readonly #apply: (state: S, event: TimelineEvent) => S;
  readonly #concerns: (event: TimelineEvent) => boolean;
  readonly #events: Placed[] = [];
  /** `#kept[n]` is the state before event `n * KEEP_EVERY`. */
  readonly #kept: S[];
  #newest: S;
  #lastSeq = 0;
  #lastMs = 0;
  /** Where the last question was answered: the state after the first `count` events. */
  #cursor: { count: number; state: S };

  constructor(
    initial: S,
    apply: (state: S, event: TimelineEvent) => S,
    /** Events that can change the state; the others are not kept. */
    concerns: (event: TimelineEvent) => boolean,
  ) {
    this.#apply = apply;
    this.#concerns = concerns;
    this.#kept = [];
    this.#newest = initial;
    this.#cursor = { count: 0, state: initial };
  }

  /** Takes what is new in the timeline of a lesson that may still run. */
  extend(events: readonly TimelineEvent[]): void {
    for (const event of events) {
      if (event.seq <= this.#lastSeq) continue;
      this.#lastSeq = event.seq;
      // A server's clock may be set back; what was ordered later is not earlier for that.
      this.#lastMs = Math.max(this.#lastMs, event.mediaMs ?? 0);
      if (!this.#concerns(event)) continue;
      if (this.#events.length % KEEP_EVERY === 0) this.#kept.push(this.#newest);
      const placed = { atMs: this.#lastMs, event: { ...event, at: this.#lastMs } };
      this.#events.push(placed);
      this.#newest = this.#apply(this.#newest, placed.event);
    }
  }

  /** The state after everything that had happened by then. The same object as long as nothing changed. */
  at(timeMs: number): S {
    const count = this.countAt(timeMs);
    const from = Math.floor(count / KEEP_EVERY);
    if (this.#cursor.count > count || this.#cursor.count < from * KEEP_EVERY)
      this.#cursor =
        count === this.#events.length
          ? { count, state: this.#newest }
          : { count: from * KEEP_EVERY, state: this.#kept[from]! };
    let { count: done, state } = this.#cursor;
    for (; done < count; done += 1) state = this.#apply(state, this.#events[done]!.event);
    this.#cursor = { count, state };
    return state;
  }

  /** How many events had happened by then. */
  countAt(timeMs: number): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#events[middle]!.atMs <= timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get events(): readonly Placed[] {
    return this.#events;
  }
}
