import { z } from 'zod';
import { Id, WallMs } from './ids.ts';
import { SessionEnd } from './session.ts';

/*
 * Notices (消息): what happened to somebody's lessons, pairings and invitations, told to their account in the same
 * transaction as the change itself.
 *
 *   GET  /api/notices?before=           NoticePage      (one's own, the newest first)
 *   POST /api/notices/read              NoticesRead → { unread }
 *
 * socket.io namespace `/office`, by the session cookie. A page says nothing on it; it hears `message` with one
 * OfficeMessage: how many notices are unread, at once and whenever that changes, and why its session has ended.
 */
export const OFFICE_NAMESPACE = '/office';
export const NOTICES_PER_PAGE = 30;
export const NOTICES_KEPT_DAYS = 180;

/** As what somebody is told. */
export const NoticePart = z.enum([
  'teacher',
  'assistant',
  'classroom',
  'administrator',
  'guest',
  'reviewer',
  'host',
]);
export type NoticePart = z.infer<typeof NoticePart>;

/** How a lesson stands for the one who is told. */
export const LessonStanding = z.object({
  part: NoticePart,
  /** By whose week they see it. */
  organizationId: Id,
  start: WallMs,
  end: WallMs,
  /** By the bells of their own school. */
  period: z.number().int().nullable(),
  teacher: z.string(),
  /** Of their own room; null: none. */
  assistant: z.string().nullable(),
  /** Where they sit. */
  room: z.string(),
  /** Why it is called off; null: it is not. */
  cancelled: z.string().nullable(),
});
export type LessonStanding = z.infer<typeof LessonStanding>;

export const NoticeLesson = z.object({
  subject: z.string(),
  title: z.string(),
  /** The master class; null where a lesson has none. */
  className: z.string().nullable(),
  /** Whose lesson it is. */
  organizationId: Id,
  organizationName: z.string(),
});
export type NoticeLesson = z.infer<typeof NoticeLesson>;

export const PairingNews = z.enum([
  'waiting',
  'approved',
  'active',
  'returned',
  'cancelled',
  'frozen',
  'thawed',
]);
export type PairingNews = z.infer<typeof PairingNews>;

export const NoticeBody = z.discriminatedUnion('kind', [
  /** From what they knew to what is; null: not theirs. Never the same twice. */
  z.object({
    kind: z.literal('lesson'),
    lesson: NoticeLesson,
    was: LessonStanding.nullable(),
    now: LessonStanding.nullable(),
  }),
  /** Many lessons of a term at once. */
  z.object({
    kind: z.literal('lessons'),
    made: z.number().int(),
    changed: z.number().int(),
    removed: z.number().int(),
    /** The first of them. */
    from: WallMs,
  }),
  z.object({
    kind: z.literal('pairing'),
    what: PairingNews,
    /** School and class. */
    master: z.string(),
    remotes: z.array(z.string()),
    subjects: z.array(z.string()),
    /** Why it was returned or cancelled. */
    reason: z.string().nullable(),
    /** How many lessons were made or taken away with it. */
    made: z.number().int(),
    removed: z.number().int(),
  }),
  /** Somebody has answered an invitation. */
  z.object({
    kind: z.literal('answer'),
    answer: z.enum(['accepted', 'declined']),
    part: NoticePart,
    lesson: NoticeLesson,
    start: WallMs,
  }),
]);
export type NoticeBody = z.infer<typeof NoticeBody>;

export const Notice = z.object({
  noticeId: Id,
  at: WallMs,
  /** Who did it; null: the platform, or nobody that is left. */
  byName: z.string().nullable(),
  part: NoticePart,
  body: NoticeBody,
  lessonId: Id.nullable(),
  pairingId: Id.nullable(),
  readAt: WallMs.nullable(),
});
export type Notice = z.infer<typeof Notice>;

export const NoticeQuery = z.object({ before: Id.optional() });
export const NoticePage = z.object({
  notices: z.array(Notice),
  unread: z.number().int(),
  /** Whether there are older ones. */
  more: z.boolean(),
});
export type NoticePage = z.infer<typeof NoticePage>;

/** Some, or all that are no newer than one that was seen. */
export const NoticesRead = z.union([
  z.object({ noticeIds: z.array(Id).min(1).max(100) }),
  z.object({ upTo: Id }),
]);
export type NoticesRead = z.infer<typeof NoticesRead>;
export const NoticesUnread = z.object({ unread: z.number().int() });

export const OfficeMessage = z.discriminatedUnion('type', [
  /** `newest`: when something last changed, so that two counts alike are told apart. */
  z.object({ type: z.literal('notices'), unread: z.number().int(), newest: WallMs.nullable() }),
  /** The line ends. */
  z.object({ type: z.literal('session.ended'), reason: SessionEnd }),
]);
export type OfficeMessage = z.infer<typeof OfficeMessage>;
