import type { Id } from '#protocol/ids.ts';
import type { RtpCapabilities } from '#protocol/media.ts';
import type { SfuEvent } from '#protocol/sfu-node.ts';
import type { Room } from './room.ts';
import type { ReportedRoom, RoomMediaOwner } from './room-media.ts';

/** Brings a room to what the media nodes say of it: what they carry is what there is. */
export class RoomNodes implements RoomMediaOwner {
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  mediaReported(room: ReportedRoom): void {
    for (const seat of this.#room.seats.values()) {
      const mine = <T extends { participantId: Id }>(items: T[]) =>
        items.filter(({ participantId }) => participantId === seat.participant.participantId);
      seat.clearMedia();
      for (const { transportId, direction } of mine(room.transports))
        seat.transports.set(transportId, direction);
      for (const { feedId, producerId, role, transportId } of mine(room.feeds))
        seat.feeds.set(feedId, { producerId, role, transportId });
      for (const { consumerId, feedId, transportId } of mine(room.consumers))
        seat.consumers.set(consumerId, { feedId, transportId });
    }
    // What the node carries is what there is: the timeline follows.
    this.#room.inBackground(
      this.#room.timeline.append(({ feeds, participants }) => [
        ...[...feeds.keys()]
          .filter((feedId) => !room.feeds.some((feed) => feed.feedId === feedId))
          .map((feedId) => ({ type: 'feed.removed', feedId, reason: 'nodeLost' }) as const),
        ...room.feeds
          .filter(({ feedId, participantId }) => !feeds.has(feedId) && participants.has(participantId))
          .map(
            ({ producerId: _producerId, transportId: _transportId, ...feed }) =>
              ({ type: 'feed.added', feed }) as const,
          ),
      ]),
    );
    this.#room.feeds.reported(room.feeds);
    this.#room.recording.mediaReported(room);
    // Pages that joined while the node was out of sight wait for this; for the others it says nothing new.
    this.#room.services.broadcast(this.#room.lessonId, {
      type: 'media.available',
      routerRtpCapabilities: room.routerRtpCapabilities,
    });
  }

  mediaLost(): void {
    for (const seat of this.#room.seats.values()) {
      seat.clearMedia();
      seat.occupant?.send({ type: 'media.lost' });
    }
    this.#room.inBackground(this.#room.feeds.ended([...this.#room.timeline.state.feeds.keys()], 'nodeLost'));
    this.#room.recording.mediaLost();
  }

  mediaAvailable(routerRtpCapabilities: RtpCapabilities): void {
    this.#room.services.broadcast(this.#room.lessonId, { type: 'media.available', routerRtpCapabilities });
    this.#room.recording.sync();
  }

  sfuSaid(event: SfuEvent): void {
    switch (event.type) {
      case 'room.lost':
        this.#room.media.lost();
        return;
      case 'transport.closed': {
        const seat = this.#room.seats.get(event.participantId);
        const ended = seat?.removeTransport(event.transportId) ?? [];
        this.#room.inBackground(this.#room.feeds.ended(ended, 'left'));
        seat?.occupant?.send({ type: 'transport.closed', transportId: event.transportId });
        return;
      }
      case 'feed.closed':
        this.#room.seatOfFeed(event.feedId)?.feeds.delete(event.feedId);
        this.#room.inBackground(this.#room.feeds.ended([event.feedId], 'left'));
        return;
      case 'consumer.closed': {
        const seat = this.#room.seats.get(event.participantId);
        seat?.consumers.delete(event.consumerId);
        seat?.occupant?.send({ type: 'consumer.closed', consumerId: event.consumerId });
        return;
      }
      case 'consumer.layers': {
        const { consumerId, spatialLayer } = event;
        this.#room.seats
          .get(event.participantId)
          ?.occupant?.send({ type: 'consumer.layers', consumerId, spatialLayer });
        return;
      }
    }
  }
}
