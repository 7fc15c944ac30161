import type { types } from 'mediasoup';
import type { Config } from '#platform/config.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { RtpCapabilities } from '#protocol/media.ts';
import type { RecorderEndpoint } from '#protocol/recorder-node.ts';
import type { SfuEvent } from '#protocol/sfu-node.ts';
import { ROUTER_CODECS } from './codecs.ts';
import { Feed, type FeedOptions } from './feed.ts';
import { mediaCall } from './media-error.ts';
import type { MediaWorker } from './media-worker.ts';
import { type Direction, ParticipantTransport } from './participant-transport.ts';
import { RecordingSender } from './recording-sender.ts';
import { ViewerConsumer } from './viewer-consumer.ts';

export interface RoomOptions {
  roomId: Id;
  worker: MediaWorker;
  config: Config['sfu'];
  emit(event: SfuEvent): void;
}

/**
 * The media of one lesson: a router on one worker and all that hangs on it. Every `create` looks again,
 * after its last await, whether what it hangs on is still open, because a close may have come in between.
 *
 * Closing order is mediasoup's: a transport closes its producers, a producer its consumers. Entries leave
 * the maps by mediasoup's own close notice, so that the maps never hold what is dead.
 */
export class Room {
  readonly roomId: Id;
  readonly router: types.Router;
  readonly worker: MediaWorker;
  readonly transports = new Map<string, ParticipantTransport>();
  readonly feeds = new Map<Id, Feed>();
  readonly consumers = new Map<string, ViewerConsumer>();
  readonly recordings = new Map<Id, RecordingSender>();
  readonly #config: Config['sfu'];
  readonly #emit: (event: SfuEvent) => void;

  static async create(options: RoomOptions): Promise<Room> {
    const { worker } = options;
    const router = await mediaCall(
      () => worker.closed,
      () => worker.worker.createRouter({ mediaCodecs: ROUTER_CODECS }),
    );
    return new Room(router, options);
  }

  private constructor(router: types.Router, { roomId, worker, config, emit }: RoomOptions) {
    this.roomId = roomId;
    this.router = router;
    this.worker = worker;
    this.#config = config;
    this.#emit = emit;
    worker.rooms += 1;
    router.observer.once('close', () => {
      worker.rooms -= 1;
    });
  }

  get closed(): boolean {
    return this.router.closed;
  }

  get routerRtpCapabilities(): RtpCapabilities {
    return this.router.rtpCapabilities as RtpCapabilities;
  }

  async createTransport(participantId: Id, direction: Direction): Promise<ParticipantTransport> {
    const transport = await ParticipantTransport.create(this.router, this.worker, {
      participantId,
      direction,
      initialOutgoingBitrate: this.#config.initialOutgoingBitrate,
      onDead: ({ id, participantId }) =>
        this.#emit({ type: 'transport.closed', roomId: this.roomId, participantId, transportId: id }),
    });
    if (transport.closed) throw new AppError('MEDIA_GONE', 'the room was closed meanwhile');
    this.transports.set(transport.id, transport);
    transport.transport.observer.once('close', () => this.transports.delete(transport.id));
    return transport;
  }

  /** A second producer of the same feed replaces the first. */
  async publish(transportId: string, options: FeedOptions): Promise<Feed> {
    const transport = this.transport(transportId);
    const earlier = this.feeds.get(options.feedId);
    if (earlier && earlier.participantId !== transport.participantId)
      throw new AppError('FORBIDDEN', 'the feed belongs to another participant');
    // On one transport two producers of one media section would clash: there the old one has to go first.
    const closedFirst = earlier?.transport === transport;
    if (closedFirst) earlier.close();
    let feed: Feed;
    try {
      feed = await Feed.create(transport, options);
    } catch (error) {
      if (closedFirst) this.#emit({ type: 'feed.closed', roomId: this.roomId, feedId: options.feedId });
      throw error;
    }
    if (feed.closed) throw new AppError('MEDIA_GONE', 'the transport was closed meanwhile');
    this.feeds.get(feed.feedId)?.close();
    this.feeds.set(feed.feedId, feed);
    feed.producer.observer.once('close', () => {
      if (this.feeds.get(feed.feedId) === feed) this.feeds.delete(feed.feedId);
    });
    return feed;
  }

  /** A second consumer of the same feed on the same transport replaces the first. */
  async watch(transportId: string, feedId: Id, rtpCapabilities: RtpCapabilities): Promise<ViewerConsumer> {
    const transport = this.transport(transportId);
    const viewer = await ViewerConsumer.create(this.router, transport, this.feed(feedId), rtpCapabilities, {
      onFeedGone: (gone) => this.#emitConsumerClosed(gone),
      onLayers: ({ id, transport: { participantId } }, spatialLayer) =>
        this.#emit({
          type: 'consumer.layers',
          roomId: this.roomId,
          participantId,
          consumerId: id,
          spatialLayer,
        }),
    });
    if (viewer.closed) throw new AppError('MEDIA_GONE', 'the feed or the transport was closed meanwhile');
    for (const other of this.consumers.values()) {
      if (other.feedId !== feedId || other.transport !== transport) continue;
      other.close();
      this.#emitConsumerClosed(other);
    }
    this.consumers.set(viewer.id, viewer);
    viewer.consumer.observer.once('close', () => this.consumers.delete(viewer.id));
    return viewer;
  }

  closeParticipant(participantId: Id): void {
    for (const transport of this.transports.values())
      if (transport.participantId === participantId) transport.close();
  }

  async startRecording(recordingId: Id, endpoint: RecorderEndpoint): Promise<RecordingSender> {
    const sender = await RecordingSender.create(this.router, this.#config.recordIp, recordingId, endpoint);
    if (sender.closed) throw new AppError('MEDIA_GONE', 'the room was closed meanwhile');
    this.recordings.get(recordingId)?.close();
    this.recordings.set(recordingId, sender);
    return sender;
  }

  stopRecording(recordingId: Id): void {
    this.recordings.get(recordingId)?.close();
    this.recordings.delete(recordingId);
  }

  /** @throws AppError MEDIA_GONE, so that a page whose transport is gone makes a new one. */
  transport(transportId: string): ParticipantTransport {
    return this.transports.get(transportId) ?? missing('MEDIA_GONE', 'transport');
  }

  feed(feedId: Id): Feed {
    return this.feeds.get(feedId) ?? missing('NOT_FOUND', 'feed');
  }

  consumer(consumerId: string): ViewerConsumer {
    return this.consumers.get(consumerId) ?? missing('NOT_FOUND', 'consumer');
  }

  recording(recordingId: Id): RecordingSender {
    return this.recordings.get(recordingId) ?? missing('NOT_FOUND', 'recording');
  }

  close(): void {
    this.router.close();
    this.recordings.clear();
  }

  #emitConsumerClosed({ id, transport: { participantId } }: ViewerConsumer): void {
    this.#emit({ type: 'consumer.closed', roomId: this.roomId, participantId, consumerId: id });
  }
}

function missing(code: 'MEDIA_GONE' | 'NOT_FOUND', what: string): never {
  throw new AppError(code, `no such ${what} in this room`);
}
