import { z } from 'zod';
import { ASKING_NEEDS, AskingRequest } from './asking.ts';
import { BOARD_NEEDS, BoardRequest } from './board.ts';
import { CHAT_NEEDS, ChatRequest } from './chat.ts';
import { DIRECTING_NEEDS, DirectingRequest } from './directing.ts';
import { FeedRole, MediaKind } from './domain.ts';
import { Id, MediaId } from './ids.ts';
import { LiveSnapshot } from './live-snapshot.ts';
import {
  ConsumerOptions,
  DtlsParameters,
  IceParameters,
  IceServer,
  PreferredLayers,
  RtpCapabilities,
  RtpParameters,
  TransportOptions,
} from './media.ts';
import { Passing, PassRequest } from './passing.ts';
import type { Action } from './permission.ts';
import { QUALITY_NEEDS, QualityRequest } from './quality.ts';
import { RecordingStatus } from './recorder-node.ts';
import { SessionEnd } from './session.ts';
import { STEERING_NEEDS, SteeringRequest } from './steering.ts';
import { Participant, TimelineEvent } from './timeline.ts';

/*
 * The socket between a page and signaling: socket.io namespace `/lesson`, authenticated by the session
 * cookie of its handshake. The page emits `request` with one LessonRequest and gets a Reply; the server
 * emits `message` with one LessonMessage. Opening, starting and ending a lesson are REST.
 */
export const LESSON_NAMESPACE = '/lesson';

const Direction = z.enum(['send', 'recv']);

/**
 * What somebody does in class. Each is answered with nothing when it is on the timeline, and its effect is seen
 * there. A topic has its requests, its events, its part of the live state and the reducer in one file.
 */
export const ClassRequest = z.discriminatedUnion('type', [
  SteeringRequest,
  BoardRequest,
  QualityRequest,
  AskingRequest,
  ChatRequest,
  DirectingRequest,
]);
export type ClassRequest = z.infer<typeof ClassRequest>;
export type ClassRequestType = ClassRequest['type'];

/** What one must be allowed to do for each. */
export const CLASS_NEEDS = {
  ...STEERING_NEEDS,
  ...BOARD_NEEDS,
  ...QUALITY_NEEDS,
  ...ASKING_NEEDS,
  ...CHAT_NEEDS,
  ...DIRECTING_NEEDS,
} as const satisfies Record<ClassRequestType, Action>;

/** What the seat and its media need. */
const SeatRequest = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('join'),
    lessonId: Id,
    /** Last timeline event the page has; the reply carries only what follows. 0 for all. */
    afterSeq: z.number().int().nonnegative(),
    /**
     * The seat key of an earlier join of this very page, when it still holds media. Without it (first
     * join, reload) the server closes what the seat still had and the page begins anew.
     */
    resumeKey: Id.nullable(),
    /** Whether the page wants to see and hear: then the answer brings what it would ask for next. */
    receives: z.boolean().default(false),
  }),
  z.object({ type: z.literal('leave') }),
  z.object({ type: z.literal('transport.create'), direction: Direction }),
  z.object({ type: z.literal('transport.connect'), transportId: MediaId, dtlsParameters: DtlsParameters }),
  z.object({ type: z.literal('transport.restartIce'), transportId: MediaId }),
  z.object({ type: z.literal('transport.close'), transportId: MediaId }),
  z.object({
    type: z.literal('feed.publish'),
    transportId: MediaId,
    role: FeedRole,
    kind: MediaKind,
    rtpParameters: RtpParameters,
    paused: z.boolean(),
  }),
  z.object({ type: z.literal('feed.pause'), feedId: Id, paused: z.boolean() }),
  z.object({ type: z.literal('feed.close'), feedId: Id }),
  z.object({
    type: z.literal('consumer.create'),
    transportId: MediaId,
    feedId: Id,
    rtpCapabilities: RtpCapabilities,
  }),
  /** Consumers are made paused and resumed only when the page has its receiver: no key frame is lost. */
  z.object({ type: z.literal('consumer.resume'), consumerId: MediaId }),
  z.object({ type: z.literal('consumer.pause'), consumerId: MediaId }),
  z.object({ type: z.literal('consumer.close'), consumerId: MediaId }),
  z.object({ type: z.literal('consumer.setLayers'), consumerId: MediaId, preferredLayers: PreferredLayers }),
  PassRequest,
]);
export type SeatRequestType = z.infer<typeof SeatRequest>['type'];

export const LessonRequest = z.discriminatedUnion('type', [SeatRequest, ClassRequest]);
export type LessonRequest = z.infer<typeof LessonRequest>;
export type LessonRequestType = LessonRequest['type'];

/** What the SFU still carries for a seat; after a restart of signaling the page keeps what is listed. */
export const SeatMedia = z.object({
  transports: z.array(z.object({ transportId: MediaId, direction: Direction })),
  feeds: z.array(z.object({ feedId: Id, producerId: MediaId, role: FeedRole })),
  consumers: z.array(z.object({ consumerId: MediaId, feedId: Id })),
});
export type SeatMedia = z.infer<typeof SeatMedia>;

const Joined = z.object({
  participant: Participant,
  /** Shown again as `resumeKey`; a fresh one for every page. */
  seatKey: Id,
  /** The whole state up to some event, in place of a long list of events; the events that follow it are in `events`. */
  snapshot: LiveSnapshot.nullable(),
  events: z.array(TimelineEvent),
  /** Capabilities of the lesson's router; null while no media node is there (a `media.available` follows). */
  routerRtpCapabilities: RtpCapabilities.nullable(),
  iceServers: z.array(IceServer),
  media: SeatMedia,
  /** A fresh transport of direction `recv`, for a page that wants one and has none; null where none can be had. */
  recvTransport: TransportOptions.nullable(),
  /** The server's clock, to show lesson time on a machine whose clock is wrong. */
  serverNow: z.number(),
});
export type Joined = z.infer<typeof Joined>;

const Nothing = z.object({});

/** What each request is answered with. */
export const LessonReplies = {
  join: Joined,
  leave: Nothing,
  'transport.create': TransportOptions,
  'transport.connect': Nothing,
  'transport.restartIce': z.object({ iceParameters: IceParameters }),
  'transport.close': Nothing,
  'feed.publish': z.object({ feedId: Id, producerId: MediaId }),
  'feed.pause': Nothing,
  'feed.close': Nothing,
  'consumer.create': ConsumerOptions,
  'consumer.resume': Nothing,
  'consumer.pause': Nothing,
  'consumer.close': Nothing,
  'consumer.setLayers': Nothing,
  pass: Nothing,
} as const satisfies Record<SeatRequestType, z.ZodType>;
/** The schema of a request's answer. */
export function replySchema(type: LessonRequestType): z.ZodType {
  return type in LessonReplies ? LessonReplies[type as SeatRequestType] : Nothing;
}
export type LessonReply<T extends LessonRequestType> = T extends SeatRequestType
  ? z.infer<(typeof LessonReplies)[T]>
  : z.infer<typeof Nothing>;

export const LessonMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('events'), events: z.array(TimelineEvent).min(1) }),
  /** The media node of this lesson is gone or changed: every transport is dead, begin anew when available. */
  z.object({ type: z.literal('media.lost') }),
  z.object({ type: z.literal('media.available'), routerRtpCapabilities: RtpCapabilities }),
  z.object({ type: z.literal('transport.closed'), transportId: MediaId }),
  z.object({ type: z.literal('consumer.closed'), consumerId: MediaId }),
  z.object({
    type: z.literal('consumer.layers'),
    consumerId: MediaId,
    spatialLayer: z.number().int().nullable(),
  }),
  /** The teacher removed this participant; the line ends. */
  z.object({ type: z.literal('removed'), forbidden: z.boolean() }),
  /** The lesson was called off, or moved to `movedTo`, while one waited in it; the line ends. */
  z.object({
    type: z.literal('calledOff'),
    reason: z.string().nullable(),
    movedTo: z.number().int().nullable(),
  }),
  /** The session that this page came in with has ended, or acts as somebody else now; the line ends. */
  z.object({ type: z.literal('session.ended'), reason: SessionEnd }),
  /** How the recording goes, to who directs it; `leftMs`: how long the disk lasts, null while nobody can say. */
  z.object({
    type: z.literal('recording.status'),
    status: RecordingStatus,
    leftMs: z.number().nonnegative().nullable(),
  }),
  /** What somebody draws or points at right now; kept nowhere. */
  z.object({ type: z.literal('passing'), participantId: Id, body: Passing }),
  /** The same account opened the lesson on another page; this one stands down. */
  z.object({ type: z.literal('seat.taken') }),
]);
export type LessonMessage = z.infer<typeof LessonMessage>;
