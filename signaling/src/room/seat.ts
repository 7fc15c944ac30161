import type { FeedRole } from '#protocol/domain.ts';
import type { Id, MediaId } from '#protocol/ids.ts';
import type { LessonMessage, SeatMedia } from '#protocol/lesson-socket.ts';
import type { Participant } from '#protocol/timeline.ts';

/** Passing messages a second that are carried on for one seat. */
const MAX_PASSING = 40;

/** What sits in a seat now: a page's socket, or the WHIP door. */
export interface Occupant {
  send(message: LessonMessage): void;
}

/** A participant's place in a room and the media that the sfu carries for it. It outlives pages and sockets. */
export class Seat {
  readonly participant: Participant;
  /** Known to the page that sits here; another page of the same account begins with a new one. */
  key: Id;
  occupant: Occupant | null = null;
  /** Runs while nobody sits here; when it rings the seat is given up. */
  grace: NodeJS.Timeout | null = null;
  readonly #passed: number[] = [];
  readonly transports = new Map<MediaId, 'send' | 'recv'>();
  readonly feeds = new Map<Id, { producerId: MediaId; role: FeedRole; transportId: MediaId }>();
  readonly consumers = new Map<MediaId, { feedId: Id; transportId: MediaId }>();

  constructor(participant: Participant, key: Id) {
    this.participant = participant;
    this.key = key;
  }

  get media(): SeatMedia {
    return {
      transports: [...this.transports].map(([transportId, direction]) => ({ transportId, direction })),
      feeds: [...this.feeds].map(([feedId, { producerId, role }]) => ({ feedId, producerId, role })),
      consumers: [...this.consumers].map(([consumerId, { feedId }]) => ({ consumerId, feedId })),
    };
  }

  get hasMedia(): boolean {
    return this.transports.size > 0;
  }

  /** Forgets a transport and what was on it; returns the feeds that ended with it. */
  removeTransport(transportId: MediaId): Id[] {
    this.transports.delete(transportId);
    const on = <T extends { transportId: MediaId }>([, media]: [string, T]) =>
      media.transportId === transportId;
    for (const [consumerId] of [...this.consumers].filter(on)) this.consumers.delete(consumerId);
    // A feed that was published again on another transport meanwhile is not of this one any more.
    const ended = [...this.feeds].filter(on).map(([feedId]) => feedId);
    for (const feedId of ended) this.feeds.delete(feedId);
    return ended;
  }

  /** Whether one more passing message is what a hand can do: 40 a second, drawn strokes and a pointer together. */
  mayPass(now: number): boolean {
    while (this.#passed.length > 0 && this.#passed[0]! <= now - 1_000) this.#passed.shift();
    if (this.#passed.length >= MAX_PASSING) return false;
    this.#passed.push(now);
    return true;
  }

  clearMedia(): void {
    this.transports.clear();
    this.feeds.clear();
    this.consumers.clear();
  }

  stopGrace(): void {
    if (this.grace) clearTimeout(this.grace);
    this.grace = null;
  }
}
