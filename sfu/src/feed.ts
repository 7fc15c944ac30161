import { setTimeout as sleep } from 'node:timers/promises';
import type { types } from 'mediasoup';
import { type FeedRole, kindOfFeed, type MediaKind } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { RtpParameters } from '#protocol/media.ts';
import { KEY_FRAME_SPACING_MS, KeyFrameTurns } from './key-frame-turns.ts';
import { mediaCall } from './media-error.ts';
import type { ParticipantTransport } from './participant-transport.ts';

export interface FeedOptions {
  feedId: Id;
  role: FeedRole;
  kind: MediaKind;
  rtpParameters: RtpParameters;
  paused: boolean;
}

/** One media source of a participant while one producer carries it; a reload makes a new Feed of the same id. */
export class Feed {
  readonly feedId: Id;
  readonly role: FeedRole;
  readonly transport: ParticipantTransport;
  readonly producer: types.Producer;
  readonly #keyFrameTurns = new KeyFrameTurns();
  #nextTurn: Promise<void> | null = null;

  static async create(transport: ParticipantTransport, options: FeedOptions): Promise<Feed> {
    const { kind, role, rtpParameters, paused } = options;
    if (transport.direction !== 'send')
      throw new AppError('BAD_REQUEST', 'feeds are published on a transport of direction send');
    if (kindOfFeed(role) !== kind) throw new AppError('BAD_REQUEST', `a ${role} feed is not ${kind}`);
    const producer = await mediaCall(
      () => transport.closed,
      () =>
        transport.transport.produce({
          kind,
          paused,
          rtpParameters: rtpParameters as types.RtpParameters,
          ...(kind === 'video' && { keyFrameRequestDelay: KEY_FRAME_SPACING_MS }),
        }),
    );
    return new Feed(transport, producer, options);
  }

  private constructor(transport: ParticipantTransport, producer: types.Producer, options: FeedOptions) {
    this.transport = transport;
    this.producer = producer;
    this.feedId = options.feedId;
    this.role = options.role;
    producer.on('trace', () => this.#keyFrameTurns.sent(performance.now()));
    // It fails only when the producer is closed already.
    if (options.kind === 'video') producer.enableTraceEvent(['pli', 'fir']).catch(() => {});
  }

  get participantId(): Id {
    return this.transport.participantId;
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  /** Resolves when a request for a key frame will be heard; all who wait ask at that one moment. */
  keyFrameTurn(): Promise<void> {
    const wait = this.#keyFrameTurns.wait(performance.now());
    if (wait === 0) return Promise.resolve();
    this.#nextTurn ??= sleep(wait).finally(() => {
      this.#nextTurn = null;
    });
    return this.#nextTurn;
  }

  async setPaused(paused: boolean): Promise<void> {
    await mediaCall(
      () => this.closed,
      () => (paused ? this.producer.pause() : this.producer.resume()),
    );
  }

  close(): void {
    this.producer.close();
  }
}
