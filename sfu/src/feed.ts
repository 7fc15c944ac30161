import type { types } from 'mediasoup';
import { type FeedRole, kindOfFeed, type MediaKind } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { RtpParameters } from '#protocol/media.ts';
import { mediaCall } from './media-error.ts';
import type { ParticipantTransport } from './participant-transport.ts';

/**
 * Browsers ignore a key-frame request that follows another within 300 ms (libwebrtc's EncoderRtcpFeedback),
 * and mediasoup then asks again only after a second: whoever joined just after the recorder's request waited
 * that long for a picture. A request that comes too soon is sent when it will be heard.
 */
const KEY_FRAME_REQUEST_DELAY_MS = 330;

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
          ...(kind === 'video' && { keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS }),
        }),
    );
    return new Feed(transport, producer, options);
  }

  private constructor(transport: ParticipantTransport, producer: types.Producer, options: FeedOptions) {
    this.transport = transport;
    this.producer = producer;
    this.feedId = options.feedId;
    this.role = options.role;
  }

  get participantId(): Id {
    return this.transport.participantId;
  }

  get closed(): boolean {
    return this.producer.closed;
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
