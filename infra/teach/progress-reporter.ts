import type { IngestState } from './ingest.ts';
import type { TeachProgress } from './teach.ts';
import type { Streams } from './whip-client.ts';

/** Tells how the film fares: every second while it plays, and at every change of the connection. */
export class ProgressReporter {
  readonly #streams: Streams;
  readonly #totalMs: number | null;
  readonly #tell: (progress: TeachProgress) => void;
  #timer: NodeJS.Timeout | undefined;
  #kbitPerSecond = 0;
  #bytes = 0;
  #at = 0;
  #state: IngestState = 'connected';

  constructor(streams: Streams, totalMs: number | null, tell: (progress: TeachProgress) => void) {
    this.#streams = streams;
    this.#totalMs = totalMs;
    this.#tell = tell;
  }

  start(): void {
    this.#at = performance.now();
    this.#timer = setInterval(() => this.#measure(), 1_000);
  }

  say(state: IngestState): void {
    this.#state = state;
    const { video, audio } = this.#streams;
    this.#tell({
      elapsedMs: Math.max(video.mediaMs, audio.mediaMs),
      totalMs: this.#totalMs,
      kbitPerSecond: this.#kbitPerSecond,
      state,
    });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #measure(): void {
    const bytes = this.#streams.video.bytes + this.#streams.audio.bytes;
    const now = performance.now();
    this.#kbitPerSecond = Math.round(((bytes - this.#bytes) * 8) / (now - this.#at));
    this.#bytes = bytes;
    this.#at = now;
    this.say(this.#state);
  }
}
