import type { FeedRole } from '#protocol/domain.ts';
import type { Id, MediaId } from '#protocol/ids.ts';
import type { LessonMessage, SeatMedia } from '#protocol/lesson-socket.ts';
import type { Participant } from '#protocol/timeline.ts';

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
  readonly transports = new Map<MediaId, 'send' | 'recv'>();
  readonly feeds = new Map<Id, { producerId: MediaId; role: FeedRole }>();
  readonly consumers = new Map<MediaId, Id>();

  constructor(participant: Participant, key: Id) {
    this.participant = participant;
    this.key = key;
  }

  get media(): SeatMedia {
    return {
      transports: [...this.transports].map(([transportId, direction]) => ({ transportId, direction })),
      feeds: [...this.feeds].map(([feedId, feed]) => ({ feedId, ...feed })),
      consumers: [...this.consumers].map(([consumerId, feedId]) => ({ consumerId, feedId })),
    };
  }

  get hasMedia(): boolean {
    return this.transports.size > 0;
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
