import type { SfuCommand, SfuCommandType, SfuReply } from '#protocol/sfu-node.ts';
import type { Rooms } from './rooms.ts';

type AnyReply = { [T in SfuCommandType]: SfuReply<T> }[SfuCommandType];

/**
 * Carries out one command. Ending something that is not there is no error: a command may be sent again
 * after a lost answer.
 * @throws AppError with MEDIA_GONE for a room or transport that is not here (any more), NOT_FOUND for other
 *   unknown ids, BAD_REQUEST or UNSUPPORTED_MEDIA for what mediasoup refuses.
 */
export async function carryOut(rooms: Rooms, command: SfuCommand): Promise<AnyReply> {
  switch (command.type) {
    case 'room.ensure': {
      const { routerRtpCapabilities } = await rooms.ensure(command.roomId);
      return { routerRtpCapabilities };
    }
    case 'room.close':
      rooms.close(command.roomId);
      return {};
    case 'transport.create': {
      const room = rooms.get(command.roomId);
      return (await room.createTransport(command.participantId, command.direction)).options;
    }
    case 'transport.connect':
      await rooms.get(command.roomId).transport(command.transportId).connect(command.dtlsParameters);
      return {};
    case 'transport.restartIce': {
      const transport = rooms.get(command.roomId).transport(command.transportId);
      return { iceParameters: await transport.restartIce() };
    }
    case 'transport.close':
      rooms.find(command.roomId)?.transports.get(command.transportId)?.close();
      return {};
    case 'producer.create': {
      const feed = await rooms.get(command.roomId).publish(command.transportId, command);
      return { producerId: feed.producer.id };
    }
    case 'producer.pause':
      await rooms.get(command.roomId).feed(command.feedId).setPaused(command.paused);
      return {};
    case 'producer.close':
      rooms.find(command.roomId)?.feeds.get(command.feedId)?.close();
      return {};
    case 'consumer.create': {
      const room = rooms.get(command.roomId);
      return (await room.watch(command.transportId, command.feedId, command.rtpCapabilities)).description;
    }
    case 'consumer.resume':
      await rooms.get(command.roomId).consumer(command.consumerId).setPaused(false);
      return {};
    case 'consumer.pause':
      await rooms.get(command.roomId).consumer(command.consumerId).setPaused(true);
      return {};
    case 'consumer.close':
      rooms.find(command.roomId)?.consumers.get(command.consumerId)?.close();
      return {};
    case 'consumer.setLayers': {
      const viewer = rooms.get(command.roomId).consumer(command.consumerId);
      await viewer.setPreferredLayers(command.preferredLayers);
      return {};
    }
    case 'participant.close':
      rooms.find(command.roomId)?.closeParticipant(command.participantId);
      return {};
    case 'record.start': {
      const room = rooms.get(command.roomId);
      return (await room.startRecording(command.recordingId, command.endpoint)).source;
    }
    case 'record.addFeed': {
      const room = rooms.get(command.roomId);
      const rungs = await room.recording(command.recordingId).addFeed(room.feed(command.feedId));
      return { rungs };
    }
    case 'record.resumeFeed':
      await rooms.get(command.roomId).recording(command.recordingId).resumeFeed(command.feedId);
      return {};
    case 'record.stop':
      rooms.find(command.roomId)?.stopRecording(command.recordingId);
      return {};
  }
}
