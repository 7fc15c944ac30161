import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaKind } from '#protocol/domain.ts';
import type { IngestKey } from '#protocol/rest.ts';
import type { HttpClient } from './http-client.ts';
import { isRefused } from './platform-client.ts';
import { TeachError } from './teach-error.ts';
import { type Streams, WhipClient } from './whip-client.ts';

const CHECK_MS = 2_000;
const RETRY_MS = [300, 1_000, 2_000];
const SENDER_REPORT_MS = 1_000;
/** A connection that breaks often heals within this time; after it a new one is made. */
const HEAL_MS = 3_000;

/** `serverAway`: signaling does not answer, the media goes on. */
export type IngestState = 'connecting' | 'connected' | 'serverAway';
/** Why nothing can be sent any more. */
export type IngestEnd = 'lessonEnded' | 'seatTaken';

export interface IngestOptions {
  http: HttpClient;
  streams: Streams;
  loopback: boolean;
  /** A key for one more session; asked at every connect, because the last one may be too old. */
  newKey(): Promise<IngestKey>;
  /** Told of every change at once: a connection may be lost and back within a second. */
  onState(state: IngestState): void;
}

/**
 * Keeps media flowing into a lesson over WHIP for as long as the lesson lasts: when the media node or
 * signaling was restarted it connects anew, and the film simply goes on.
 */
export class Ingest {
  readonly #options: IngestOptions;
  readonly #timers: NodeJS.Timeout[];
  readonly #ended = Promise.withResolvers<IngestEnd>();
  #client: WhipClient | null;
  #state: IngestState = 'connected';
  #filmBeganAt: number | null = null;
  #checking = false;
  #closed = false;

  /** @throws TeachError when the first connection fails for good. */
  static async start(options: IngestOptions): Promise<Ingest> {
    return new Ingest(options, await connect(options));
  }

  private constructor(options: IngestOptions, client: WhipClient) {
    this.#options = options;
    this.#client = client;
    this.#timers = [
      setInterval(() => void this.#check(), CHECK_MS),
      setInterval(() => this.#report(), SENDER_REPORT_MS),
    ];
  }

  /** Resolves when the lesson is over or somebody else took the seat; never after `close`. */
  get ended(): Promise<IngestEnd> {
    return this.#ended.promise;
  }

  send(kind: MediaKind, packet: Buffer): void {
    const stream = this.#options.streams[kind];
    const isFirst = stream.packets === 0;
    this.#filmBeganAt ??= Date.now();
    this.#client?.send(kind, stream.adopt(packet));
    if (isFirst) this.#report();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#client?.close();
  }

  #report(): void {
    if (this.#filmBeganAt === null) return;
    for (const kind of ['video', 'audio'] as const)
      this.#client?.send(kind, this.#options.streams[kind].senderReport(this.#filmBeganAt, Date.now()));
  }

  #enter(state: IngestState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }

  /**
   * The server is asked before anything is done about a broken connection: a page that took the seat broke
   * it on purpose.
   */
  async #check(): Promise<void> {
    const client = this.#client;
    if (!client || this.#checking) return;
    this.#checking = true;
    try {
      const standing = await client.standing();
      if (this.#closed || this.#client !== client) return;
      if (standing === 'taken') this.#ended.resolve('seatTaken');
      else if (standing === 'gone' || (standing === 'alive' && client.brokenForMs > HEAL_MS))
        await this.#reconnect();
      else this.#enter(standing === 'alive' ? 'connected' : 'serverAway');
    } finally {
      this.#checking = false;
    }
  }

  async #reconnect(): Promise<void> {
    const old = this.#client;
    if (!old) return;
    this.#client = null;
    this.#enter('connecting');
    await old.close();
    for (let attempt = 0; !this.#closed; attempt += 1) {
      await sleep(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
      try {
        const client = await connect(this.#options);
        if (this.#closed) return await client.close();
        this.#client = client;
        this.#enter('connected');
        this.#report();
        return;
      } catch (error) {
        if (isRefused(error, 'WRONG_STATE')) return this.#ended.resolve('lessonEnded');
        if (isRefused(error, 'SEAT_TAKEN')) return this.#ended.resolve('seatTaken');
      }
    }
  }
}

async function connect({ http, streams, loopback, newKey }: IngestOptions): Promise<WhipClient> {
  const key = await newKey();
  try {
    return await WhipClient.connect({ http, key, streams, loopback });
  } catch (error) {
    const noWay = error instanceof TeachError && error.code === 'NOT_CONNECTED';
    if (!noWay || !loopback) throw error;
    // A platform on this machine may have its media node elsewhere.
    return await WhipClient.connect({ http, key, streams, loopback: false });
  }
}
