import { type Audience, allShown } from '#protocol/audience.ts';
import { type LiveSnapshot, toSnapshot } from '#protocol/live-snapshot.ts';
import { applyEvent, type LiveState, projectLive } from '#protocol/live-state.ts';
import type { EventBody, TimelineEvent } from '#protocol/timeline.ts';
import type { TimelineStore } from './timeline-store.ts';

/** With more events than these to tell, a page gets the state that they make instead. */
const SNAPSHOT_ABOVE = 200;

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

  /** What a page that has everything up to `seq` needs: the events after it, or a snapshot in their place. */
  tellAfter(seq: number, audience: Audience): { snapshot: LiveSnapshot | null; events: TimelineEvent[] } {
    const events = allShown(this.#events.slice(seq), audience);
    if (events.length <= SNAPSHOT_ABOVE) return { snapshot: null, events };
    const state = audience.desk ? this.#state : projectLive(this.lessonId, allShown(this.#events, audience));
    return { snapshot: toSnapshot(state), events: [] };
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
