import type { FeedRole } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import {
  CLASS_NEEDS,
  type ClassRequest,
  type LessonReply,
  type LessonRequest,
  type LessonRequestType,
} from '#protocol/lesson-socket.ts';
import { type Action, actionToPublish, type LessonRole, may } from '#protocol/permission.ts';
import type { Room } from '../room/room.ts';
import type { Occupant, Seat } from '../room/seat.ts';

/** Where one socket sits. */
export interface Seated {
  room: Room;
  seat: Seat;
  role: LessonRole;
  occupant: Occupant;
}

type SeatedRequest = Exclude<LessonRequest, { type: 'join' }>;

const isClassRequest = (request: SeatedRequest): request is ClassRequest => request.type in CLASS_NEEDS;

/** What one must be allowed to do for each request; publishing depends on the feed's role. */
const NEEDS: Record<Exclude<LessonRequestType, 'join' | 'feed.publish'>, Action> = {
  ...CLASS_NEEDS,
  leave: 'room.join',
  'transport.create': 'media.consume',
  'transport.connect': 'media.consume',
  'transport.restartIce': 'media.consume',
  'transport.close': 'media.consume',
  'feed.pause': 'media.publishMic',
  'feed.close': 'media.publishMic',
  'consumer.create': 'media.consume',
  'consumer.resume': 'media.consume',
  'consumer.pause': 'media.consume',
  'consumer.close': 'media.consume',
  'consumer.setLayers': 'media.consume',
  pass: 'board.draw',
};

function mustMay(role: LessonRole, action: Action): void {
  if (!may(role, action)) throw new AppError('FORBIDDEN', `${role} may not ${action}`);
}

/** Carries out one request of somebody who sits in a room. Every id in it must be the seat's own. */
export async function handleSeated(
  { room, seat, role, occupant }: Seated,
  request: SeatedRequest,
): Promise<LessonReply<LessonRequestType>> {
  mustMay(role, request.type === 'feed.publish' ? actionToPublish(request.role) : NEEDS[request.type]);
  // A socket whose seat went to another page has nothing left to say here.
  if (seat.occupant !== occupant) throw new AppError('SEAT_TAKEN', 'another page has this seat');
  if (isClassRequest(request)) {
    await room.act(seat, request);
    return {};
  }
  const roomId = room.lessonId;
  switch (request.type) {
    case 'leave':
      await room.leave(seat, occupant);
      return {};
    case 'transport.create':
      return await room.media.openTransport(seat, request.direction);
    case 'transport.connect':
      ownTransport(seat, request.transportId);
      return await room.media.sfu.command({ ...request, roomId });
    case 'transport.restartIce':
      ownTransport(seat, request.transportId);
      return await room.media.sfu.command({ ...request, roomId });
    case 'transport.close':
      ownTransport(seat, request.transportId);
      return await room.feeds.closeTransport(seat, request.transportId);
    case 'feed.publish': {
      ownTransport(seat, request.transportId);
      const { transportId, role: feedRole, kind, rtpParameters, paused } = request;
      mustBeSwitchedOn(room, role, feedRole);
      return await room.feeds.publish(seat, transportId, { role: feedRole, kind, rtpParameters, paused });
    }
    case 'feed.pause':
      await room.feeds.pause(seat, request.feedId, request.paused);
      return {};
    case 'feed.close':
      await room.feeds.close(seat, request.feedId);
      return {};
    case 'consumer.create': {
      ownTransport(seat, request.transportId);
      const made = await room.media.sfu.command({ ...request, roomId });
      seat.consumers.set(made.consumerId, { feedId: request.feedId, transportId: request.transportId });
      return made;
    }
    case 'pass':
      room.pass(seat, request.body);
      return {};
    case 'consumer.close':
      ownConsumer(seat, request.consumerId);
      seat.consumers.delete(request.consumerId);
      return await room.media.sfu.command({ ...request, roomId });
    case 'consumer.resume':
      ownConsumer(seat, request.consumerId);
      return await room.media.sfu.command({ ...request, roomId });
    case 'consumer.pause':
      ownConsumer(seat, request.consumerId);
      return await room.media.sfu.command({ ...request, roomId });
    case 'consumer.setLayers':
      ownConsumer(seat, request.consumerId);
      return await room.media.sfu.command({ ...request, roomId });
  }
}

/** A room shares its screen only while the teacher lets it. */
function mustBeSwitchedOn(room: Room, role: LessonRole, feedRole: FeedRole): void {
  if (feedRole !== 'screen' || role === 'presenter') return;
  if (!room.timeline.state.steering.switches.screen)
    throw new AppError('SWITCHED_OFF', 'screen is switched off');
}

function ownTransport(seat: Seat, transportId: string): void {
  if (!seat.transports.has(transportId)) throw new AppError('MEDIA_GONE', 'no such transport in this seat');
}

function ownConsumer(seat: Seat, consumerId: string): void {
  if (!seat.consumers.has(consumerId)) throw new AppError('MEDIA_GONE', 'no such consumer in this seat');
}
