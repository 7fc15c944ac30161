import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseAway } from '#platform/database/postgres.ts';
import { type Audience, allShown } from '#protocol/audience.ts';
import { AppError } from '#protocol/errors.ts';
import { type LiveSnapshot, toSnapshot } from '#protocol/live-snapshot.ts';
import { applyEvent, type LiveState, projectLive } from '#protocol/live-state.ts';
import type { EventBody, TimelineEvent } from '#protocol/timeline.ts';
import type { TimelineStore } from './timeline-store.ts';

/** With more events than these to tell, a page gets the state that they make instead. */
const SNAPSHOT_ABOVE = 200;

/** How long a class waits for a database that restarts before it is told; most restarts nobody notices. */
const PATIENCE_MS = 15_000;
const RETRY_MS = 200;

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
  /** The connection broke under the last append: only the store knows whether that was kept. */
  #doubtful = false;

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
    const run = this.#queue.then(() => this.#decide(decide));
    this.#queue = run.catch(() => undefined);
    return run;
  }

  async #decide(decide: (state: LiveState) => readonly EventBody[]): Promise<void> {
    if (this.#doubtful) await this.#catchUp();
    await this.#append(decide(this.#state));
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
    const patience = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        if (this.#doubtful && (await this.#catchUp())) return;
        await this.#store.append(this.lessonId, events);
        break;
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        this.#doubtful = true;
        if (Date.now() > patience)
          throw new AppError('DATABASE_AWAY', 'the database does not answer', { cause: error });
        await sleep(RETRY_MS);
      }
    }
    this.#take(events);
  }

  /** Takes in what was stored although nobody heard that it was. @returns whether there was something */
  async #catchUp(): Promise<boolean> {
    const kept = await this.#store.read(this.lessonId, this.#state.seq);
    this.#doubtful = false;
    if (kept.length > 0) this.#take(kept);
    return kept.length > 0;
  }

  #take(events: TimelineEvent[]): void {
    this.#events.push(...events);
    for (const event of events) this.#state = applyEvent(this.#state, event);
    this.#listener(events);
  }
}
