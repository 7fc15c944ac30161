import type { types } from 'mediasoup';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { RtpCapabilities, RtpParameters } from '#protocol/media.ts';
import type { SfuReply } from '#protocol/sfu-node.ts';
import type { Feed } from './feed.ts';
import { mediaCall } from './media-error.ts';
import type { ParticipantTransport } from './participant-transport.ts';

export interface ViewerConsumerListener {
  /** The feed ended under the consumer; not called when the participant's own transport closed. */
  onFeedGone(consumer: ViewerConsumer): void;
  onLayers(consumer: ViewerConsumer, spatialLayer: number | null): void;
}

/** The smallest of several layers flows whenever any does, and its key frame is a few packets. */
const FIRST_LAYER: types.ConsumerLayers = { spatialLayer: 0 };

/**
 * One participant watching one feed. Of several layers the smallest is shown first, then the one that is
 * preferred: a sender drops its large layer whenever its line gets narrower, and mediasoup, which notices that
 * seconds later, would wait all that time for the large layer's key frame.
 */
export class ViewerConsumer {
  readonly feed: Feed;
  readonly transport: ParticipantTransport;
  readonly consumer: types.Consumer;
  #preferred: types.ConsumerLayers | undefined;
  /** Something of the feed has been sent; from then on the preferred layer is aimed at. */
  #shown = false;
  /** Counts the changes of mind about pausing. */
  #wish = 0;

  static async create(
    router: types.Router,
    transport: ParticipantTransport,
    feed: Feed,
    rtpCapabilities: RtpCapabilities,
    listener: ViewerConsumerListener,
  ): Promise<ViewerConsumer> {
    if (transport.direction !== 'recv')
      throw new AppError('BAD_REQUEST', 'feeds are watched on a transport of direction recv');
    const consumer = await mediaCall(
      () => transport.closed || feed.closed,
      async () => {
        const target = {
          producerId: feed.producer.id,
          rtpCapabilities: rtpCapabilities as types.RtpCapabilities,
        };
        if (!router.canConsume(target))
          throw feed.closed
            ? new AppError('MEDIA_GONE', 'the feed ended')
            : new AppError('UNSUPPORTED_MEDIA', 'the page has no codec of this feed');
        // Paused until the page has its receiver, or it would miss the key frame. NACK for audio too: on a
        // weak line a packet asked for again sounds better than a concealed one.
        const layered = feed.producer.type === 'simulcast';
        return transport.transport.consume({
          ...target,
          paused: true,
          enableRtx: true,
          ...(layered && { preferredLayers: FIRST_LAYER }),
        });
      },
    );
    return new ViewerConsumer(transport, feed, consumer, listener);
  }

  private constructor(
    transport: ParticipantTransport,
    feed: Feed,
    consumer: types.Consumer,
    listener: ViewerConsumerListener,
  ) {
    this.transport = transport;
    this.feed = feed;
    this.consumer = consumer;
    this.#preferred = topLayers(feed.producer);
    consumer.on('producerclose', () => listener.onFeedGone(this));
    consumer.on('layerschange', (layers) => {
      listener.onLayers(this, layers?.spatialLayer ?? null);
      if (layers && !this.#shown) void this.#onShown();
    });
  }

  get feedId(): Id {
    return this.feed.feedId;
  }

  get id(): string {
    return this.consumer.id;
  }

  get closed(): boolean {
    return this.consumer.closed;
  }

  get description(): SfuReply<'consumer.create'> {
    const { id, producerId, kind, rtpParameters, type, producerPaused } = this.consumer;
    return {
      consumerId: id,
      producerId,
      kind,
      rtpParameters: rtpParameters as RtpParameters,
      type,
      producerPaused,
    };
  }

  /**
   * Unpaused the feed flows as soon as it can: when the transport is connected and the sender will hear the
   * request for a key frame. Unpaused again, a key frame is asked for: the page saw no picture.
   */
  async setPaused(paused: boolean): Promise<void> {
    const wish = ++this.#wish;
    if (paused) return await this.#call(() => this.consumer.pause());
    if (this.closed) throw new AppError('MEDIA_GONE', 'the consumer was closed');
    void this.#begin(wish);
  }

  async setPreferredLayers(layers: types.ConsumerLayers): Promise<void> {
    this.#preferred = layers;
    if (this.#shown) await this.#call(() => this.consumer.setPreferredLayers(layers));
  }

  async #begin(wish: number): Promise<void> {
    await this.transport.connected;
    if (this.consumer.kind === 'video') await this.feed.keyFrameTurn();
    if (this.closed || wish !== this.#wish) return;
    // Both fail only when the consumer closes meanwhile, and then its owner is told.
    if (this.consumer.paused) this.consumer.resume().catch(() => {});
    else this.consumer.requestKeyFrame().catch(() => {});
  }

  async #onShown(): Promise<void> {
    this.#shown = true;
    await this.feed.keyFrameTurn();
    if (!this.closed && this.#preferred) this.consumer.setPreferredLayers(this.#preferred).catch(() => {});
  }

  close(): void {
    this.consumer.close();
  }

  async #call(call: () => Promise<void>): Promise<void> {
    await mediaCall(() => this.closed, call);
  }
}

/** Undefined when there is nothing to choose from. */
function topLayers({ type, rtpParameters }: types.Producer): types.ConsumerLayers | undefined {
  const count = rtpParameters.encodings?.length ?? 1;
  return type === 'simulcast' ? { spatialLayer: count - 1 } : undefined;
}
