import type { Id } from '#protocol/ids.ts';
import { fromSnapshot, type LiveSnapshot } from '#protocol/live-snapshot.ts';
import { applyEvent, initialState, type LiveState } from '#protocol/live-state.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';

/** The page's copy of the lesson's timeline, kept only as its projection. */
export class Timeline {
  #state: LiveState;

  constructor(lessonId: Id) {
    this.#state = initialState(lessonId);
  }

  get state(): LiveState {
    return this.#state;
  }

  /** Takes the server's state over. Returns false when it is of another version than this page. */
  adopt(snapshot: LiveSnapshot): boolean {
    const state = fromSnapshot(snapshot);
    if (!state) return false;
    if (state.seq > this.#state.seq) this.#state = state;
    return true;
  }

  /**
   * Applies what is new. Returns false, and applies nothing behind the hole, when an event is missing in
   * between: the caller has to ask for everything after `state.seq`.
   */
  accept(events: readonly TimelineEvent[]): boolean {
    for (const event of events) {
      if (event.seq > this.#state.seq + 1) return false;
      this.#state = applyEvent(this.#state, event);
    }
    return true;
  }
}
