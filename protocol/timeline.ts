import { z } from 'zod';
import { AskingEvent } from './asking.ts';
import { BoardEvent } from './board.ts';
import { ChatEvent } from './chat.ts';
import { DirectingEvent } from './directing.ts';
import { FeedRole, MediaKind } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { LessonRole } from './permission.ts';
import { QualityEvent } from './quality.ts';
import { SteeringEvent } from './steering.ts';

/** A classroom or a person inside a room. Its id is the same for one account in one lesson, for ever. */
export const Participant = z.object({
  participantId: Id,
  accountId: Id,
  kind: z.enum(['person', 'classroom']),
  name: z.string(),
  organizationName: z.string(),
  role: LessonRole,
  /** The classroom that an assistant helps in this lesson, by its participant id; null for everybody else. */
  helpsParticipantId: Id.nullable().default(null),
});
export type Participant = z.infer<typeof Participant>;

/** One media source. The id is the same for one (participant, role) in one lesson: a reload continues the track. */
export const Feed = z.object({
  feedId: Id,
  participantId: Id,
  role: FeedRole,
  kind: MediaKind,
  paused: z.boolean(),
});
export type Feed = z.infer<typeof Feed>;

const EndReason = z.enum(['ended', 'abandoned']);
const LeaveReason = z.enum(['left', 'lost']);
const FeedEndReason = z.enum(['stopped', 'left', 'reload', 'nodeLost']);

/** What happened, without when. One member per fact; projections switch over `type` exhaustively. */
export const EventBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('lesson.opened'), byAccountId: Id.nullable() }),
  z.object({ type: z.literal('lesson.started'), byAccountId: Id.nullable() }),
  z.object({ type: z.literal('lesson.ended'), reason: EndReason, byAccountId: Id.nullable() }),
  z.object({ type: z.literal('lesson.ready'), durationMs: z.number().nonnegative() }),
  z.object({ type: z.literal('participant.joined'), participant: Participant }),
  /** The socket is gone; the media may still flow. The seat is kept for `seatGraceSeconds`. */
  z.object({ type: z.literal('participant.away'), participantId: Id }),
  z.object({ type: z.literal('participant.back'), participantId: Id }),
  z.object({ type: z.literal('participant.left'), participantId: Id, reason: LeaveReason }),
  z.object({ type: z.literal('feed.added'), feed: Feed }),
  z.object({ type: z.literal('feed.paused'), feedId: Id, paused: z.boolean() }),
  z.object({ type: z.literal('feed.removed'), feedId: Id, reason: FeedEndReason }),
  z.object({ type: z.literal('recording.started'), recordingId: Id, epochMs: WallMs }),
  z.object({
    type: z.literal('recording.gap'),
    trackId: Id.nullable(),
    fromMs: z.number(),
    toMs: z.number(),
    cause: z.string().max(64),
  }),
  /** The recorder cannot write now (disk full, recorder gone). */
  z.object({ type: z.literal('recording.troubled'), code: z.string().max(64) }),
  z.object({ type: z.literal('recording.recovered') }),
  SteeringEvent,
  AskingEvent,
  ChatEvent,
  BoardEvent,
  QualityEvent,
  DirectingEvent,
  /** Something that happened and that this reader is not shown (`audience.ts`): it keeps the numbers whole. */
  z.object({ type: z.literal('withheld') }),
]);
export type EventBody = z.infer<typeof EventBody>;
export type EventType = EventBody['type'];

/** One line of the lesson's append-only log. */
export const TimelineEvent = z.object({
  /** 1, 2, 3 … without holes within a lesson, given by the server. */
  seq: z.number().int().positive(),
  at: WallMs,
  /** Lesson time (ms since the recording's epoch) that the event belongs to; null before recording starts. */
  mediaMs: z.number().nullable(),
  body: EventBody,
});
export type TimelineEvent = z.infer<typeof TimelineEvent>;
