import type { FeedRole } from '#protocol/domain.ts';
import type { Id, MediaId } from '#protocol/ids.ts';
import type { SeatMedia } from '#protocol/lesson-socket.ts';

/** What the page holds of its seat's media when it has come back to its seat. */
export interface HeldMedia {
  /** `usable`: the SFU is known to have its DTLS parameters. */
  transports: readonly { transportId: MediaId; usable: boolean }[];
  feeds: readonly { role: FeedRole; producerId: MediaId; transportId: MediaId }[];
  consumers: readonly { consumerId: MediaId; transportId: MediaId }[];
  /** Roles the page means to send, whether they are sent now or not. */
  wantedRoles: ReadonlySet<FeedRole>;
}

/** What to forget here (it will be made again if it is wanted) and what to close there (nobody holds it). */
export interface ReconcilePlan {
  drop: { transports: MediaId[]; feeds: FeedRole[]; consumers: MediaId[] };
  close: { transports: MediaId[]; feeds: Id[]; consumers: MediaId[] };
}

/**
 * Compares what the page holds with what the SFU carries for its seat. What both know is kept and not
 * touched: its media flows on. Feeds and consumers of a transport that is dropped or closed go with it
 * and are not named again.
 */
export function reconcile(held: HeldMedia, carried: SeatMedia): ReconcilePlan {
  const carriedTransports = new Set(carried.transports.map((it) => it.transportId));
  const kept = new Set(
    held.transports
      .filter((it) => it.usable && carriedTransports.has(it.transportId))
      .map((it) => it.transportId),
  );
  const carriedProducers = new Set(carried.feeds.map((it) => it.producerId));
  const carriedConsumers = new Set(carried.consumers.map((it) => it.consumerId));
  const heldProducers = new Set(held.feeds.map((it) => it.producerId));
  const heldConsumers = new Set(held.consumers.map((it) => it.consumerId));

  return {
    drop: {
      transports: held.transports.filter((it) => !kept.has(it.transportId)).map((it) => it.transportId),
      feeds: held.feeds
        .filter((it) => kept.has(it.transportId) && !carriedProducers.has(it.producerId))
        .map((it) => it.role),
      consumers: held.consumers
        .filter((it) => kept.has(it.transportId) && !carriedConsumers.has(it.consumerId))
        .map((it) => it.consumerId),
    },
    close: {
      transports: carried.transports.filter((it) => !kept.has(it.transportId)).map((it) => it.transportId),
      // A feed that is still wanted is left: publishing it again replaces it, without a hole in its track.
      feeds: carried.feeds
        .filter((it) => !heldProducers.has(it.producerId) && !held.wantedRoles.has(it.role))
        .map((it) => it.feedId),
      consumers: carried.consumers
        .filter((it) => !heldConsumers.has(it.consumerId))
        .map((it) => it.consumerId),
    },
  };
}
