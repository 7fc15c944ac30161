import { derivedId } from '#platform/ids.ts';
import type { Logger } from '#platform/logger.ts';
import { kindOfFeed } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { holdOf } from '#protocol/hold.ts';
import type { Id, MediaId } from '#protocol/ids.ts';
import type { RtpParameters } from '#protocol/media.ts';
import type { EventBody, Feed } from '#protocol/timeline.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { RoomMedia } from './room-media.ts';
import type { Seat } from './seat.ts';

type FeedEndReason = Extract<EventBody, { type: 'feed.removed' }>['reason'];

/** What the seats of one room send: every change goes to the sfu first and then onto the timeline. */
export class RoomFeeds {
  readonly #timeline: Timeline;
  readonly #media: RoomMedia;
  readonly #logger: Logger;
  /** Which feeds the sfu was last told to hold back. */
  readonly #silent = new Map<Id, boolean>();

  constructor(timeline: Timeline, media: RoomMedia, logger: Logger) {
    this.#timeline = timeline;
    this.#media = media;
    this.#logger = logger;
  }

  async publish(
    seat: Seat,
    transportId: MediaId,
    feed: Pick<Feed, 'role' | 'kind' | 'paused'> & { rtpParameters: RtpParameters },
  ): Promise<{ feedId: Id; producerId: MediaId }> {
    if (kindOfFeed(feed.role) !== feed.kind)
      throw new AppError('BAD_REQUEST', `${feed.role} is not ${feed.kind}`);
    const { participantId } = seat.participant;
    const feedId = derivedId('feed', this.#roomId, participantId, feed.role);
    const { role, kind, paused } = feed;
    const silent =
      paused || holdOf(this.#timeline.state, { feedId, participantId, role, kind, paused }) !== null;
    const { producerId } = await this.#media.sfu.command({
      type: 'producer.create',
      roomId: this.#roomId,
      transportId,
      feedId,
      ...feed,
      paused: silent,
    });
    this.#silent.set(feedId, silent);
    seat.feeds.set(feedId, { producerId, role, transportId });
    await this.#timeline.append(({ feeds }) => {
      const added = { type: 'feed.added', feed: { feedId, participantId, role, kind, paused } } as const;
      return feeds.has(feedId) ? [{ type: 'feed.removed', feedId, reason: 'reload' }, added] : [added];
    });
    return { feedId, producerId };
  }

  async pause(seat: Seat, feedId: Id, paused: boolean): Promise<void> {
    mustOwn(seat, feedId);
    const feed = this.#timeline.state.feeds.get(feedId);
    if (feed) await this.#silence(feedId, paused || holdOf(this.#timeline.state, feed) !== null);
    await this.#timeline.append(({ feeds }) =>
      feeds.has(feedId) && feeds.get(feedId)?.paused !== paused
        ? [{ type: 'feed.paused', feedId, paused }]
        : [],
    );
  }

  /** What the sfu carries is what it was told, also by the signaling process before this one. */
  reported(feeds: readonly { feedId: Id; paused: boolean }[]): void {
    this.#silent.clear();
    for (const { feedId, paused } of feeds) this.#silent.set(feedId, paused);
    this.holdAsSteered();
  }

  /** Brings the sfu to what the teacher's side has decided. Called after every change of the timeline. */
  holdAsSteered(): void {
    const { state } = this.#timeline;
    for (const feedId of this.#silent.keys()) if (!state.feeds.has(feedId)) this.#silent.delete(feedId);
    if (!this.#media.isUp) return;
    for (const feed of state.feeds.values()) {
      const silent = feed.paused || holdOf(state, feed) !== null;
      if (!this.#silent.has(feed.feedId) || this.#silent.get(feed.feedId) === silent) continue;
      this.#silence(feed.feedId, silent).catch((error: unknown) => {
        // A feed that is gone by now needs nothing; an sfu that is gone reports when it is back.
        this.#logger.debug({ err: error }, 'a feed could not be held');
      });
    }
  }

  /** Commands on one feed reach the sfu in the order in which they were decided. */
  async #silence(feedId: Id, paused: boolean): Promise<void> {
    this.#silent.set(feedId, paused);
    await this.#media.sfu.command({ type: 'producer.pause', roomId: this.#roomId, feedId, paused });
  }

  async close(seat: Seat, feedId: Id): Promise<void> {
    mustOwn(seat, feedId);
    seat.feeds.delete(feedId);
    await this.#media.sfu.command({ type: 'producer.close', roomId: this.#roomId, feedId });
    await this.ended([feedId], 'stopped');
  }

  /** Closes one transport; the feeds that it carried end. */
  async closeTransport(seat: Seat, transportId: MediaId): Promise<Record<string, never>> {
    const feedIds = seat.removeTransport(transportId);
    await this.#media.sfu.command({ type: 'transport.close', roomId: this.#roomId, transportId });
    await this.ended(feedIds, 'stopped');
    return {};
  }

  /** Closes everything a seat has on the sfu. */
  async closeAll(seat: Seat, reason: FeedEndReason): Promise<void> {
    const feedIds = [...seat.feeds.keys()];
    const had = seat.hasMedia;
    seat.clearMedia();
    await this.ended(feedIds, reason);
    if (!had || !this.#media.isUp) return;
    const { participantId } = seat.participant;
    await this.#media.sfu
      .command({ type: 'participant.close', roomId: this.#roomId, participantId })
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'participant.close failed'));
  }

  /** The feeds are gone already; the timeline follows. */
  async ended(feedIds: readonly Id[], reason: FeedEndReason): Promise<void> {
    await this.#timeline.append(({ feeds }) =>
      feedIds
        .filter((feedId) => feeds.has(feedId))
        .map((feedId) => ({ type: 'feed.removed', feedId, reason }) as const),
    );
  }

  get #roomId(): Id {
    return this.#timeline.lessonId;
  }
}

function mustOwn(seat: Seat, feedId: Id): void {
  if (!seat.feeds.has(feedId)) throw new AppError('NOT_FOUND', 'not a feed of this seat');
}
