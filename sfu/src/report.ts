import type { SfuReport } from '#protocol/sfu-node.ts';
import type { Room } from './room.ts';

/** What the node carries at this moment. */
export function reportOf(rooms: Room[]): SfuReport {
  return { rooms: rooms.map(roomReport) };
}

function roomReport(room: Room): SfuReport['rooms'][number] {
  return {
    roomId: room.roomId,
    routerRtpCapabilities: room.routerRtpCapabilities,
    transports: [...room.transports.values()].map(({ id, participantId, direction }) => ({
      transportId: id,
      participantId,
      direction,
    })),
    feeds: [...room.feeds.values()].map(({ feedId, participantId, transport, role, producer }) => ({
      feedId,
      participantId,
      transportId: transport.id,
      producerId: producer.id,
      role,
      kind: producer.kind,
      paused: producer.paused,
    })),
    consumers: [...room.consumers.values()].map(({ id, feedId, transport }) => ({
      consumerId: id,
      participantId: transport.participantId,
      transportId: transport.id,
      feedId,
    })),
    recordings: [...room.recordings.values()].map(({ recordingId, endpoint, feedIds }) => ({
      recordingId,
      endpoint,
      feedIds,
    })),
  };
}
