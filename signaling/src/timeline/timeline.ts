import { applyEvent, type LiveState, projectLive } from '#protocol/live-state.ts';
import type { EventBody, TimelineEvent } from '#protocol/timeline.ts';
import type { TimelineStore } from './timeline-store.ts';

export type Listener = (events: TimelineEvent[]) => void;

/**
 * One lesson's timeline while it runs. The server orders: appends stand in one queue, each decides on the
 * state that all earlier ones have left, is stored, and only then is seen by anybody.
 */
export class Timeline {
  readonly lessonId: string;
  readonly #store: TimelineStore;
  readonly #listener: Listener;
  #events: TimelineEvent[];
  #state: LiveState;
  #queue: Promise<unknown> = Promise.resolve();

  static async load(lessonId: string, store: TimelineStore, listener: Listener): Promise<Timeline> {
    return new Timeline(lessonId, store, await store.read(lessonId), listener);
  }

  private constructor(lessonId: string, store: TimelineStore, events: TimelineEvent[], listener: Listener) {
    this.lessonId = lessonId;
    this.#store = store;
    this.#listener = listener;
    this.#events = events;
    this.#state = projectLive(lessonId, events);
  }

  get state(): LiveState {
    return this.#state;
  }

  after(seq: number): TimelineEvent[] {
    return this.#events.slice(seq);
  }

  /**
   * Appends what `decide` makes of the newest state. It may return nothing (already true) or throw a coded
   * error (the loser of a race is told).
   */
  append(decide: (state: LiveState) => readonly EventBody[]): Promise<void> {
    const run = this.#queue.then(() => this.#append(decide(this.#state)));
    this.#queue = run.catch(() => undefined);
    return run;
  }

  async #append(bodies: readonly EventBody[]): Promise<void> {
    if (bodies.length === 0) return;
    const at = Date.now();
    const events = bodies.map((body, index): TimelineEvent => {
      const epoch = body.type === 'recording.started' ? body.epochMs : this.#state.recording?.epochMs;
      return {
        seq: this.#state.seq + 1 + index,
        at,
        mediaMs: epoch === undefined ? null : Math.max(0, at - epoch),
        body,
      };
    });
    await this.#store.append(this.lessonId, events);
    this.#events.push(...events);
    for (const event of events) this.#state = applyEvent(this.#state, event);
    this.#listener(events);
  }
}
