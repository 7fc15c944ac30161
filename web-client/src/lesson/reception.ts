import type { types } from 'mediasoup-client';
import type { Presence } from '#protocol/live-state.ts';
import type { Feed } from '#protocol/timeline.ts';
import type { RemoteFeed } from './snapshot.ts';
import { freshStall, type StallState } from './stall.ts';

/** The page's wish to receive one feed: it outlives every consumer. The receive side makes it true. */
export class Reception {
  feed: Feed;
  participant: Presence;
  stream = new MediaStream();
  /** Known from the moment the SFU has made it, so that its end is noticed while the page still builds the receiver. */
  consumerId: string | null = null;
  transportId: string | null = null;
  consumer: types.Consumer | null = null;
  spatialLayer: number | null = null;
  /** The simulcast layer that was asked for; null: the largest. */
  toldLayer: number | null = null;
  stalled = false;
  stall: StallState = freshStall(0);
  busy = false;
  closed = false;
  /** Do not try before (wall ms), after a failure that may pass. */
  notBefore = 0;

  constructor(feed: Feed, participant: Presence) {
    this.feed = feed;
    this.participant = participant;
  }

  get remote(): RemoteFeed {
    const { feed, participant, stream, spatialLayer } = this;
    const state = this.stalled ? 'stalled' : this.consumer ? 'playing' : 'connecting';
    return { feed, participant, stream, state, spatialLayer };
  }

  attach(consumer: types.Consumer): void {
    this.consumer = consumer;
    this.stall = { ...this.stall, progress: 0, progressAt: Date.now() };
    // A new stream, not the new track in the old one: a media element whose stream has once run out of
    // live tracks stands still, in Chromium even with `autoplay`.
    this.stream = new MediaStream([consumer.track]);
  }

  /** Forgets the consumer. The last picture stays on the screen until the next one's first frame. */
  detach(): void {
    this.consumer?.close();
    this.consumer = null;
    this.consumerId = null;
    this.transportId = null;
    this.spatialLayer = null;
    this.toldLayer = null;
  }
}
