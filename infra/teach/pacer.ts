import type { MediaKind } from '#protocol/domain.ts';
import type { Streams } from './whip-client.ts';

const TICK_MS = 5;
/** How long the film waits for its first sound (or picture) before it begins without. */
const PARTNER_MS = 1_000;

/**
 * Sends each packet at the moment of the film that it belongs to. ffmpeg reads in real time, but what it
 * misses while its filters start comes in one burst: a receiver would take the first half second for network
 * delay and run faster until it has caught up.
 */
export class Pacer {
  readonly #streams: Streams;
  readonly #send: (kind: MediaKind, packet: Buffer) => void;
  readonly #queues: Record<MediaKind, Buffer[]> = { video: [], audio: [] };
  readonly #timer: NodeJS.Timeout;
  #firstAt: number | null = null;
  #beganAt: number | null = null;

  constructor(streams: Streams, send: (kind: MediaKind, packet: Buffer) => void) {
    this.#streams = streams;
    this.#send = send;
    this.#timer = setInterval(() => this.#sendDue(), TICK_MS);
  }

  push(kind: MediaKind, packet: Buffer): void {
    this.#firstAt ??= performance.now();
    this.#queues[kind].push(packet);
  }

  /** Resolves when all that was pushed is sent. */
  async drained(): Promise<void> {
    while (this.#queues.video.length + this.#queues.audio.length > 0)
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sendDue(): void {
    if (this.#beganAt === null && !this.#mayBegin()) return;
    this.#beganAt ??= performance.now();
    const now = performance.now() - this.#beganAt;
    for (const kind of ['video', 'audio'] as const) {
      const queue = this.#queues[kind];
      const stream = this.#streams[kind];
      let due = 0;
      while (due < queue.length && stream.mediaMsOf(queue[due]!) <= now) due += 1;
      for (const packet of queue.splice(0, due)) this.#send(kind, packet);
    }
  }

  #mayBegin(): boolean {
    if (this.#firstAt === null) return false;
    const { video, audio } = this.#queues;
    return (video.length > 0 && audio.length > 0) || performance.now() - this.#firstAt > PARTNER_MS;
  }
}
