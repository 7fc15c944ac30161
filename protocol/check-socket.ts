import { z } from 'zod';
import { Id, MediaId } from './ids.ts';
import {
  ConsumerOptions,
  DtlsParameters,
  IceServer,
  RtpCapabilities,
  RtpParameters,
  TransportOptions,
} from './media.ts';
import { CheckResults } from './quality.ts';

/*
 * The socket of a check before the bell: socket.io namespace `/check`, authenticated by the session cookie
 * of its handshake. The page emits `request` with one CheckRequest and gets a Reply; nothing is told
 * unasked. A check takes no seat in a lesson and is seen by nobody: its media goes to a room of its own on
 * the media node, and from there back to the page.
 */
export const CHECK_NAMESPACE = '/check';

/** However it goes, a probe is over after this long. */
export const PROBE_MS = 60_000;

export const CheckRequest = z.discriminatedUnion('type', [
  /** On the media node of the lesson, or of any lesson to come. A second one ends the first. */
  z.object({ type: z.literal('probe.open'), lessonId: Id.nullable() }),
  z.object({ type: z.literal('probe.close') }),
  z.object({ type: z.literal('transport.create'), direction: z.enum(['send', 'recv']) }),
  z.object({ type: z.literal('transport.connect'), transportId: MediaId, dtlsParameters: DtlsParameters }),
  z.object({ type: z.literal('transport.close'), transportId: MediaId }),
  /** One video of the page's own making; again on another transport it takes the place of the first. */
  z.object({ type: z.literal('feed.publish'), transportId: MediaId, rtpParameters: RtpParameters }),
  /** The page's own feed, sent back. */
  z.object({ type: z.literal('consumer.create'), transportId: MediaId, rtpCapabilities: RtpCapabilities }),
  z.object({ type: z.literal('consumer.resume'), consumerId: MediaId }),
  /** What was found goes onto the lesson's timeline, for whoever teaches it. */
  z.object({ type: z.literal('check.report'), lessonId: Id, items: CheckResults }),
]);
export type CheckRequest = z.infer<typeof CheckRequest>;
export type CheckRequestType = CheckRequest['type'];

const Nothing = z.object({});

export const CheckReplies = {
  'probe.open': z.object({ routerRtpCapabilities: RtpCapabilities, iceServers: z.array(IceServer) }),
  'probe.close': Nothing,
  'transport.create': TransportOptions,
  'transport.connect': Nothing,
  'transport.close': Nothing,
  'feed.publish': z.object({ producerId: MediaId }),
  'consumer.create': ConsumerOptions,
  'consumer.resume': Nothing,
  'check.report': Nothing,
} as const satisfies Record<CheckRequestType, z.ZodType>;
export type CheckReply<T extends CheckRequestType> = z.infer<(typeof CheckReplies)[T]>;
