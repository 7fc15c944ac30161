import { z } from 'zod';
import { FeedRole, MediaKind } from './domain.ts';
import { Id, MediaId } from './ids.ts';
import {
  ConsumerOptions,
  DtlsParameters,
  IceParameters,
  PreferredLayers,
  RtpCapabilities,
  RtpParameters,
  TransportOptions,
} from './media.ts';
import { RecorderEndpoint, Rung } from './recorder-node.ts';

/** roomId is the lesson's id. */
const room = { roomId: Id };
const Nothing = z.object({});

export const SfuCommand = z.discriminatedUnion('type', [
  /** Makes the room's router when it is not there; answers with what it can. Idempotent. */
  z.object({ type: z.literal('room.ensure'), ...room }),
  z.object({ type: z.literal('room.close'), ...room }),
  z.object({
    type: z.literal('transport.create'),
    ...room,
    participantId: Id,
    direction: z.enum(['send', 'recv']),
  }),
  z.object({
    type: z.literal('transport.connect'),
    ...room,
    transportId: MediaId,
    dtlsParameters: DtlsParameters,
  }),
  z.object({ type: z.literal('transport.restartIce'), ...room, transportId: MediaId }),
  z.object({ type: z.literal('transport.close'), ...room, transportId: MediaId }),
  /** A second producer for the same feed replaces the first. */
  z.object({
    type: z.literal('producer.create'),
    ...room,
    transportId: MediaId,
    feedId: Id,
    role: FeedRole,
    kind: MediaKind,
    rtpParameters: RtpParameters,
    paused: z.boolean(),
  }),
  z.object({ type: z.literal('producer.pause'), ...room, feedId: Id, paused: z.boolean() }),
  z.object({ type: z.literal('producer.close'), ...room, feedId: Id }),
  z.object({
    type: z.literal('consumer.create'),
    ...room,
    transportId: MediaId,
    feedId: Id,
    rtpCapabilities: RtpCapabilities,
  }),
  z.object({ type: z.literal('consumer.resume'), ...room, consumerId: MediaId }),
  z.object({ type: z.literal('consumer.pause'), ...room, consumerId: MediaId }),
  z.object({ type: z.literal('consumer.close'), ...room, consumerId: MediaId }),
  z.object({
    type: z.literal('consumer.setLayers'),
    ...room,
    consumerId: MediaId,
    preferredLayers: PreferredLayers,
  }),
  /** Closes every transport of the participant, and with them its feeds and consumers. */
  z.object({ type: z.literal('participant.close'), ...room, participantId: Id }),
  /** Begins to send RTP to a recorder's UDP endpoint (again: moves to the new endpoint, feeds dropped). */
  z.object({ type: z.literal('record.start'), ...room, recordingId: Id, endpoint: RecorderEndpoint }),
  /**
   * Sends one feed to the recorder: one consumer for each simulcast layer. Sent paused; `record.resumeFeed`
   * lets it flow once the recorder knows the SSRCs. Idempotent: again it answers with the same rungs.
   */
  z.object({ type: z.literal('record.addFeed'), ...room, recordingId: Id, feedId: Id }),
  z.object({ type: z.literal('record.resumeFeed'), ...room, recordingId: Id, feedId: Id }),
  z.object({ type: z.literal('record.stop'), ...room, recordingId: Id }),
]);
export type SfuCommand = z.infer<typeof SfuCommand>;
export type SfuCommandType = SfuCommand['type'];

export const SfuReplies = {
  'room.ensure': z.object({ routerRtpCapabilities: RtpCapabilities }),
  'room.close': Nothing,
  'transport.create': TransportOptions,
  'transport.connect': Nothing,
  'transport.restartIce': z.object({ iceParameters: IceParameters }),
  'transport.close': Nothing,
  'producer.create': z.object({ producerId: MediaId }),
  'producer.pause': Nothing,
  'producer.close': Nothing,
  'consumer.create': ConsumerOptions,
  'consumer.resume': Nothing,
  'consumer.pause': Nothing,
  'consumer.close': Nothing,
  'consumer.setLayers': Nothing,
  'participant.close': Nothing,
  'record.start': z.object({ ip: z.string(), port: z.number().int() }),
  'record.addFeed': z.object({ rungs: z.array(Rung) }),
  'record.resumeFeed': Nothing,
  'record.stop': Nothing,
} as const satisfies Record<SfuCommandType, z.ZodType>;
export type SfuReply<T extends SfuCommandType> = z.infer<(typeof SfuReplies)[T]>;

/** All that an sfu carries, told on every (re)connect. */
export const SfuReport = z.object({
  rooms: z.array(
    z.object({
      roomId: Id,
      routerRtpCapabilities: RtpCapabilities,
      transports: z.array(
        z.object({ transportId: MediaId, participantId: Id, direction: z.enum(['send', 'recv']) }),
      ),
      feeds: z.array(
        z.object({
          feedId: Id,
          participantId: Id,
          transportId: MediaId,
          producerId: MediaId,
          role: FeedRole,
          kind: MediaKind,
          paused: z.boolean(),
        }),
      ),
      consumers: z.array(
        z.object({ consumerId: MediaId, participantId: Id, transportId: MediaId, feedId: Id }),
      ),
      recordings: z.array(z.object({ recordingId: Id, endpoint: RecorderEndpoint, feedIds: z.array(Id) })),
    }),
  ),
});
export type SfuReport = z.infer<typeof SfuReport>;

export const SfuEvent = z.discriminatedUnion('type', [
  /** Closed by the node itself (ICE consent lost, DTLS failed), never as the echo of a command; its feeds and consumers go with it. */
  z.object({ type: z.literal('transport.closed'), ...room, participantId: Id, transportId: MediaId }),
  z.object({ type: z.literal('feed.closed'), ...room, feedId: Id }),
  z.object({ type: z.literal('consumer.closed'), ...room, participantId: Id, consumerId: MediaId }),
  z.object({
    type: z.literal('consumer.layers'),
    ...room,
    participantId: Id,
    consumerId: MediaId,
    spatialLayer: z.number().int().nullable(),
  }),
  /** A worker died and took the room with it. */
  z.object({ type: z.literal('room.lost'), ...room }),
]);
export type SfuEvent = z.infer<typeof SfuEvent>;
