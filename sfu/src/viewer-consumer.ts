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

/** One participant watching one feed. */
export class ViewerConsumer {
  readonly feedId: Id;
  readonly transport: ParticipantTransport;
  readonly consumer: types.Consumer;

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
        return transport.transport.consume({ ...target, paused: true, enableRtx: true });
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
    this.feedId = feed.feedId;
    this.consumer = consumer;
    consumer.on('producerclose', () => listener.onFeedGone(this));
    consumer.on('layerschange', (layers) => listener.onLayers(this, layers?.spatialLayer ?? null));
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

  async setPaused(paused: boolean): Promise<void> {
    await this.#call(() => (paused ? this.consumer.pause() : this.consumer.resume()));
  }

  async setPreferredLayers(layers: types.ConsumerLayers): Promise<void> {
    await this.#call(() => this.consumer.setPreferredLayers(layers));
  }

  close(): void {
    this.consumer.close();
  }

  async #call(call: () => Promise<void>): Promise<void> {
    await mediaCall(() => this.closed, call);
  }
}
