import type { types } from 'mediasoup-client';
import { holdOf } from '#protocol/hold.ts';
import type { Id } from '#protocol/ids.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { RtpCapabilities } from '#protocol/media.ts';
import { Backoff } from './backoff.ts';
import { ClientError } from './client-error.ts';
import { canAsk, type MediaContext } from './media-context.ts';
import type { MediaTransport } from './media-transport.ts';
import { progressOf, type StatsEntries, statsOf } from './quality.ts';
import { Reception } from './reception.ts';
import type { RemoteFeed } from './snapshot.ts';
import { watchStall } from './stall.ts';
import { TransportSlot } from './transport-slot.ts';

const SETTLE_LOOK_MS = 40;
const TOP_LAYER = 2;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Everything the page receives: one transport, one consumer for every feed of every other participant. */
export class ReceiveSide {
  readonly slot: TransportSlot;
  readonly #context: MediaContext;
  readonly #changed: () => void;
  readonly #receptions = new Map<Id, Reception>();
  readonly #backoff = new Backoff(300, 5_000);
  #feeds: readonly RemoteFeed[] = [];
  #layerOf: (feedId: Id) => number | null = () => null;

  constructor(context: MediaContext, changed: () => void) {
    this.#context = context;
    this.#changed = changed;
    this.slot = new TransportSlot('recv', context, {
      made: () => {
        this.slot.closeRetired();
        this.driveAll();
      },
      emptied: () => this.#forgetConsumers(),
      changed,
    });
  }

  get feeds(): readonly RemoteFeed[] {
    return this.#feeds;
  }

  get held(): { consumerId: string; transportId: string }[] {
    return [...this.#receptions.values()].flatMap(({ consumerId, transportId }) =>
      consumerId && transportId ? [{ consumerId, transportId }] : [],
    );
  }

  /** What is to be received, by the timeline. */
  want(live: LiveState, ownParticipantId: Id | null): void {
    for (const sent of live.feeds.values()) {
      const participant = live.participants.get(sent.participantId);
      if (!participant || sent.participantId === ownParticipantId) continue;
      // What the teacher's side holds back does not flow, whatever its sender says.
      const feed = { ...sent, paused: sent.paused || holdOf(live, sent) !== null };
      const known = this.#receptions.get(feed.feedId);
      if (known) Object.assign(known, { feed, participant });
      else this.#receptions.set(feed.feedId, new Reception(feed, participant));
    }
    for (const [feedId, reception] of this.#receptions) if (!live.feeds.has(feedId)) this.#remove(reception);
    this.#publish();
    this.driveAll();
  }

  /**
   * Done when the first of every feed that is wanted now has come or is known to have to wait, at the latest
   * after `atMostMs`. On a small machine a camera that starts at the same moment delays the first picture.
   */
  async settled(atMostMs: number): Promise<void> {
    let waiting = true;
    const look = async () => {
      while (waiting && !(await this.#isSettled())) await sleep(SETTLE_LOOK_MS);
    };
    await Promise.race([look(), sleep(atMostMs)]);
    waiting = false;
  }

  async #isSettled(): Promise<boolean> {
    const awaited = [...this.#receptions.values()].filter(
      ({ feed, notBefore }) => !feed.paused && notBefore === 0,
    );
    if (awaited.length === 0) return true;
    if (awaited.some(({ consumer }) => consumer === null)) return false;
    const stats = await statsOf(this.slot);
    return awaited.every(({ consumer }) => consumer && progressOf(stats, consumer.track.id) > 0);
  }

  /** Which simulcast layer each video is wanted in; null: the largest that the line carries. */
  preferLayers(layerOf: (feedId: Id) => number | null): void {
    this.#layerOf = layerOf;
    for (const reception of this.#receptions.values()) this.#tellLayer(reception);
  }

  driveAll(): void {
    // Made before the first feed is there: whoever waits in a classroom sees the teacher at once.
    this.slot.ensure();
    for (const reception of this.#receptions.values()) this.#drive(reception);
  }

  /** Tries again at once what had to wait. */
  forgiveAll(): void {
    for (const reception of this.#receptions.values()) reception.notBefore = 0;
  }

  consumerClosed(consumerId: string): void {
    const reception = this.#byConsumer(consumerId);
    if (!reception) return;
    reception.detach();
    this.#publish();
    this.#drive(reception);
  }

  layersChanged(consumerId: string, spatialLayer: number | null): void {
    const reception = this.#byConsumer(consumerId);
    if (!reception) return;
    reception.spatialLayer = spatialLayer;
    this.#publish();
  }

  /** One sample of the transport's statistics: finds feeds that should flow and do not, and wakes them. */
  sample(stats: StatsEntries): void {
    const now = Date.now();
    const flowing = canAsk(this.#context) && this.slot.current?.recovery === 'connected';
    for (const reception of this.#receptions.values()) {
      const { consumer } = reception;
      if (!consumer || reception.busy) continue;
      const progress = progressOf(stats, consumer.track.id);
      const { state, stalled, action } = watchStall(
        reception.stall,
        progress,
        flowing && !reception.feed.paused,
        now,
      );
      reception.stall = state;
      if (stalled !== reception.stalled) {
        reception.stalled = stalled;
        this.#publish();
      }
      if (action === 'refresh') this.#tell('consumer.resume', consumer.id);
      if (action === 'recreate') {
        this.#tell('consumer.close', consumer.id);
        this.consumerClosed(consumer.id);
      }
    }
  }

  close(): void {
    for (const reception of [...this.#receptions.values()]) this.#remove(reception);
    this.slot.close();
    this.#publish();
  }

  #drive(reception: Reception): void {
    const { current } = this.slot;
    if (reception.busy || reception.closed || reception.consumer || !current || !canAsk(this.#context))
      return;
    if (reception.notBefore > Date.now()) return;
    reception.busy = true;
    this.#receive(reception, current)
      .then(
        () => this.#backoff.reset(),
        (thrown) => this.#onFailure(reception, current, ClientError.from(thrown)),
      )
      .finally(() => {
        reception.busy = false;
        this.#publish();
        this.#drive(reception);
      });
  }

  async #receive(reception: Reception, on: MediaTransport): Promise<void> {
    const { socket } = this.#context;
    const device = await this.#context.device!;
    const { feedId } = reception.feed;
    const { consumerId, producerId, kind, rtpParameters } = await socket.request('consumer.create', {
      transportId: on.id,
      feedId,
      rtpCapabilities: device.recvRtpCapabilities as RtpCapabilities,
    });
    reception.consumerId = consumerId;
    reception.transportId = on.id;
    let consumer: types.Consumer;
    try {
      consumer = await on.whileOpen(
        on.transport.consume({
          id: consumerId,
          producerId,
          kind,
          rtpParameters: rtpParameters as types.RtpParameters,
        }),
      );
    } catch (error) {
      reception.detach();
      throw error;
    }
    // Meanwhile the feed may have gone, or its producer, or the whole transport.
    if (reception.closed || reception.consumerId !== consumerId) {
      consumer.close();
      return this.#tell('consumer.close', consumerId);
    }
    reception.attach(consumer);
    this.#tellLayer(reception);
    this.#publish();
    await socket.request('consumer.resume', { consumerId });
  }

  #onFailure(reception: Reception, on: MediaTransport, error: ClientError): void {
    // With the line or the transport gone, what comes next drives again.
    if (!canAsk(this.#context) || this.slot.current !== on) return;
    if (error.code === 'MEDIA_GONE') {
      this.slot.replace();
      return;
    }
    const wait = this.#backoff.next();
    reception.notBefore = Date.now() + wait;
    setTimeout(() => this.#drive(reception), wait + 1);
  }

  #tell(type: 'consumer.resume' | 'consumer.close', consumerId: string): void {
    this.#context.socket.request(type, { consumerId }).catch(() => {});
  }

  #tellLayer(reception: Reception): void {
    const { consumer, feed, toldLayer } = reception;
    const layer = feed.kind === 'video' ? this.#layerOf(feed.feedId) : null;
    if (!consumer || layer === toldLayer) return;
    reception.toldLayer = layer;
    const preferredLayers = { spatialLayer: layer ?? TOP_LAYER };
    this.#context.socket
      .request('consumer.setLayers', { consumerId: consumer.id, preferredLayers })
      .catch(() => {});
  }

  #byConsumer(consumerId: string): Reception | undefined {
    for (const reception of this.#receptions.values())
      if (reception.consumerId === consumerId) return reception;
    return undefined;
  }

  #remove(reception: Reception): void {
    // The SFU closes the consumers of a feed that ends by itself.
    this.#receptions.delete(reception.feed.feedId);
    reception.closed = true;
    reception.detach();
  }

  #forgetConsumers(): void {
    for (const reception of this.#receptions.values()) reception.detach();
    this.#publish();
  }

  #publish(): void {
    this.#feeds = [...this.#receptions.values()].map((reception) => reception.remote);
    this.#changed();
  }
}
