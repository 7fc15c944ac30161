import type { types } from 'mediasoup';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { RecorderEndpoint, Rung } from '#protocol/recorder-node.ts';
import { recorderCapabilities } from './codecs.ts';
import type { Feed } from './feed.ts';
import { mediaCall } from './media-error.ts';

/** Above every temporal layer there is: mediasoup clamps it. */
const ALL_TEMPORAL_LAYERS = 7;

interface SentFeed {
  producerId: string;
  consumers: types.Consumer[];
  rungs: Rung[];
}

/**
 * Sends a room's feeds to one recorder as plain RTP with RTCP muxed, all on one UDP flow. Each simulcast
 * layer is a consumer (and an SSRC) of its own, pinned to that layer. While the browser does not send the
 * layer, which Chromium does only seconds after the start and not on a weak line, mediasoup fills in the
 * next lower one with continuous timestamps: every rung holds the whole lesson, with parameter sets that
 * change. The recorder asks for key frames and lost packets by RTCP.
 */
export class RecordingSender {
  readonly recordingId: Id;
  readonly endpoint: RecorderEndpoint;
  readonly #router: types.Router;
  readonly #transport: types.PlainTransport;
  readonly #feeds = new Map<Id, Promise<SentFeed>>();

  static async create(
    router: types.Router,
    recordIp: string,
    recordingId: Id,
    endpoint: RecorderEndpoint,
  ): Promise<RecordingSender> {
    const transport = await mediaCall(
      () => router.closed,
      () =>
        router.createPlainTransport({
          listenInfo: { protocol: 'udp', ip: recordIp },
          rtcpMux: true,
          comedia: false,
        }),
    );
    try {
      await mediaCall(
        () => transport.closed,
        () => transport.connect({ ip: endpoint.ip, port: endpoint.port }),
      );
    } catch (error) {
      transport.close();
      throw error;
    }
    return new RecordingSender(router, transport, recordingId, endpoint);
  }

  private constructor(
    router: types.Router,
    transport: types.PlainTransport,
    recordingId: Id,
    endpoint: RecorderEndpoint,
  ) {
    this.#router = router;
    this.#transport = transport;
    this.recordingId = recordingId;
    this.endpoint = endpoint;
  }

  get closed(): boolean {
    return this.#transport.closed;
  }

  /** Where the RTP comes from. */
  get source(): { ip: string; port: number } {
    const { localAddress, localPort } = this.#transport.tuple;
    return { ip: localAddress, port: localPort };
  }

  get feedIds(): Id[] {
    return [...this.#feeds.keys()];
  }

  /** Idempotent while the feed is carried by the same producer; a replaced producer gets new SSRCs. */
  async addFeed(feed: Feed): Promise<Rung[]> {
    const known = this.#feeds.get(feed.feedId);
    if (known) {
      const sent = await known;
      if (sent.producerId === feed.producer.id) return sent.rungs;
    }
    const adding = this.#consume(feed);
    this.#feeds.set(feed.feedId, adding);
    const forget = () => {
      if (this.#feeds.get(feed.feedId) === adding) this.#feeds.delete(feed.feedId);
    };
    feed.producer.observer.once('close', forget);
    adding.catch(forget);
    return (await adding).rungs;
  }

  /** Lets a feed flow, now that the recorder knows its SSRCs; resuming asks the sender for key frames. */
  async resumeFeed(feedId: Id): Promise<void> {
    const sent = await this.#feeds.get(feedId);
    if (!sent) throw new AppError('NOT_FOUND', 'the feed was not added to this recording');
    await mediaCall(
      () => sent.consumers.some(({ closed }) => closed),
      () => Promise.all(sent.consumers.map((consumer) => consumer.resume())),
    );
  }

  close(): void {
    this.#transport.close();
    this.#feeds.clear();
  }

  async #consume({ producer }: Feed): Promise<SentFeed> {
    const layers = recordedLayers(producer);
    const gone = () => this.closed || producer.closed;
    const made = await Promise.allSettled(
      layers.map((spatialLayer) =>
        mediaCall(gone, () =>
          this.#transport.consume({
            producerId: producer.id,
            rtpCapabilities: recorderCapabilities(this.#router.rtpCapabilities),
            paused: true,
            enableRtx: true,
            ...(producer.type === 'simulcast'
              ? { preferredLayers: { spatialLayer, temporalLayer: ALL_TEMPORAL_LAYERS } }
              : {}),
          }),
        ),
      ),
    );
    const consumers = made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = made.find((result) => result.status === 'rejected');
    if (failed || gone()) {
      for (const consumer of consumers) consumer.close();
      throw failed?.reason ?? new AppError('MEDIA_GONE', 'the feed ended meanwhile');
    }
    const rungs = consumers.map((consumer, index) =>
      rungOf(consumer, producer.kind === 'audio' ? 'a' : `l${layers[index]}`),
    );
    return { producerId: producer.id, consumers, rungs };
  }
}

/**
 * Every simulcast layer becomes a rung of the ladder. VP8 is the exception: the recorder has to encode it
 * anew, so only the middle layer is worth its cost.
 */
function recordedLayers({ type, rtpParameters }: types.Producer): number[] {
  const count = type === 'simulcast' ? (rtpParameters.encodings?.length ?? 1) : 1;
  const layers = Array.from({ length: count }, (_, layer) => layer);
  const vp8 = rtpParameters.codecs[0]?.mimeType.toLowerCase() === 'video/vp8';
  return vp8 ? [layers[Math.floor((count - 1) / 2)]!] : layers;
}

function rungOf({ rtpParameters }: types.Consumer, rungId: string): Rung {
  const codec = rtpParameters.codecs[0]!;
  return {
    rungId,
    ssrc: rtpParameters.encodings![0]!.ssrc!,
    payloadType: codec.payloadType,
    mimeType: codec.mimeType,
    clockRate: codec.clockRate,
    ...(codec.channels ? { channels: codec.channels } : {}),
    parameters: codec.parameters as Rung['parameters'],
  };
}
