import { z } from 'zod';
import { LessonMode } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import type { Programme } from './programme.ts';
import { Licence, Reach, Resource, ResourceState } from './resource.ts';
import { Replay } from './rest.ts';
import { sharedText } from './text.ts';

/*
 * Review and publishing (审核发布). Every move says which version it saw; a faster one makes it OVERTAKEN, and then
 * `GET …/review` tells who did what.
 *
 *   GET    /api/resources/mine                      Resource[]         (newest first)
 *   GET    /api/resources/review                    Resource[]         (what waits for the asking account, oldest first)
 *   GET    /api/resources/:id                       Resource           (PASSWORD_NEEDED where a password lets in)
 *   POST   /api/resources/:id/unlock                Unlock → Resource  (sets the cookie that lets in for two hours)
 *   POST   /api/resources/:id/text                  ChangeText → Resource
 *   POST   /api/resources/:id/submit                Submit → Resource  (the author's)
 *   POST   /api/resources/:id/decision              Decide → Resource  (a reviewer's, never the author's)
 *   POST   /api/resources/:id/publish               Publish → Resource (also: other terms, or once more)
 *   POST   /api/resources/:id/withdraw              Withdraw → Resource
 *   POST   /api/resources/:id/revise                Seen → Resource    (withdrawn, or submitted by its author → draft)
 *   GET    /api/resources/:id/review                ReviewFile         (author and reviewers)
 *   GET    /api/resources/:id/missing?reach=        MissingConsent     (what publishing so would leave out)
 *   POST   /api/resources/:id/remarks               NewRemark → ReviewRemark
 *   POST   /api/resources/:id/remarks/:remarkId     { done } → ReviewRemark
 */

/** Which text an author agrees to; the words are the pages' (`review.promise.*`). A changed text gets a new name. */
export const PROMISE_TEXT = '2026-11';

const Seen = z.object({ version: z.number().int().positive() });

export { Seen };

export const Submit = Seen.extend({
  /** The author's name, typed: it stands under the promise. */
  name: sharedText({ max: 40 }),
  promise: z.literal(PROMISE_TEXT),
  /** Asked for; beyond the own school the bureau reviews as well. */
  reach: Reach,
  licence: Licence,
});
export type Submit = z.infer<typeof Submit>;

export const Decide = Seen.extend({
  decision: z.enum(['pass', 'return']),
  note: sharedText({ min: 0, max: 500, lines: 10 }).default(''),
}).refine(({ decision, note }) => decision === 'pass' || note !== '', 'say what is to be changed');
export type Decide = z.infer<typeof Decide>;

export const MIN_PASSWORD = 4;
export const Publish = Seen.extend({
  reach: Reach,
  licence: Licence,
  startsAt: WallMs.nullable().default(null),
  endsAt: WallMs.nullable().default(null),
  /** For `password` reach; left out, the one that was set before stays. */
  password: z.string().min(MIN_PASSWORD).max(64).optional(),
}).refine(
  ({ startsAt, endsAt }) => startsAt === null || endsAt === null || endsAt > startsAt,
  'it ends before it begins',
);
export type Publish = z.infer<typeof Publish>;

export const Withdraw = Seen.extend({ reason: sharedText({ max: 200, lines: 4 }) });
export type Withdraw = z.infer<typeof Withdraw>;

export const ChangeText = Seen.extend({
  title: sharedText({ max: 120 }),
  description: sharedText({ min: 0, max: 2_000, lines: 40 }),
});
export type ChangeText = z.infer<typeof ChangeText>;

export const Unlock = z.object({ password: z.string().max(64) });

/** How far a resource as it is now was passed; a change of what is shown begins anew. */
export const Passed = z.enum(['none', 'school', 'bureau']);
export type Passed = z.infer<typeof Passed>;

/** One line of a resource's history. `what`: `made`, `edited`, a state it was moved to, or `consent`, `terms`. */
export const HistoryLine = z.object({
  version: z.number().int(),
  state: ResourceState,
  title: z.string(),
  what: z.string(),
  byName: z.string().nullable(),
  at: WallMs,
  /** What a reviewer wrote, why it was withdrawn; empty when nothing was. */
  note: z.string(),
  durationMs: z.number().nullable(),
  /** How many clips and hidden feeds the programme had. */
  clips: z.number().int(),
  hidden: z.number().int(),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

export const AuthorsPromise = z.object({
  name: z.string(),
  text: z.string(),
  byName: z.string(),
  at: WallMs,
  version: z.number().int(),
  reach: Reach,
  licence: Licence,
});
export type AuthorsPromise = z.infer<typeof AuthorsPromise>;

/** A word of a bureau's list in what a resource shows. */
export const Hit = z.object({
  where: z.enum(['title', 'description', 'chat', 'question', 'caption']),
  /** The word as the list has it, folded. */
  word: z.string(),
  wordClass: z.enum(['block', 'hold']),
  /** What was written there. */
  text: z.string(),
  /** Second of the programme in which it is seen; null for what has no time. */
  atMs: z.number().nullable(),
});
export type Hit = z.infer<typeof Hit>;
export const MAX_HITS = 500;

export const NewRemark = z.object({
  text: sharedText({ max: 500, lines: 10 }),
  /** A moment of the programme; null for the whole. */
  atMs: z.number().nonnegative().nullable(),
});
export type NewRemark = z.infer<typeof NewRemark>;

export const ReviewRemark = z.object({
  remarkId: Id,
  text: z.string(),
  /** Where it is now; null for the whole, and when its moment was cut out meanwhile (`cutOut`). */
  atMs: z.number().nullable(),
  cutOut: z.boolean(),
  byName: z.string(),
  at: WallMs,
  /** The author has seen to it. */
  done: z.boolean(),
  mine: z.boolean(),
});
export type ReviewRemark = z.infer<typeof ReviewRemark>;

export const ConsentScope = z.enum(['none', 'class', 'school', 'public']);
export type ConsentScope = z.infer<typeof ConsentScope>;

/** A feed that may not be shown for want of a class's consent. */
export const MissingConsent = z.array(
  z.object({
    trackId: Id,
    role: z.string(),
    roomName: z.string(),
    classGroupName: z.string().nullable(),
    scope: ConsentScope,
  }),
);
export type MissingConsent = z.infer<typeof MissingConsent>;

export const ReviewFile = z.object({
  resource: Resource,
  passed: Passed,
  promise: AuthorsPromise.nullable(),
  hits: z.array(Hit),
  remarks: z.array(ReviewRemark),
  history: z.array(HistoryLine),
  /** What publishing with the present reach leaves out. */
  missing: MissingConsent,
  hasPassword: z.boolean(),
  /** What the asking account can do now, state and permission both considered. */
  can: z.array(z.enum(['submit', 'revise', 'decide', 'publish', 'withdraw', 'remark', 'edit', 'delete'])),
});
export type ReviewFile = z.infer<typeof ReviewFile>;
export type ReviewMove = ReviewFile['can'][number];

/*
 * Consent (监护人同意) for pupils under 14, one line for each recording of it; the newest holds.
 *
 *   GET    /api/consent                     ClassConsent[]   (classes of the administered schools)
 *   POST   /api/consent                     RecordConsent → RecordedConsent
 */
export const ClassConsent = z.object({
  classGroupId: Id,
  name: z.string(),
  grade: z.string(),
  organizationName: z.string(),
  /** Classes of fourteen-year-olds and above ask nobody. */
  needed: z.boolean(),
  scope: ConsentScope,
  note: z.string(),
  byName: z.string().nullable(),
  at: WallMs.nullable(),
  /** How many recordings of it there are. */
  records: z.number().int(),
});
export type ClassConsent = z.infer<typeof ClassConsent>;
export const RecordConsent = z.object({
  classGroupIds: z.array(Id).min(1).max(200),
  scope: ConsentScope,
  /** Where the signed papers are, or what was agreed. */
  note: sharedText({ min: 0, max: 200, lines: 4 }).default(''),
});
export type RecordConsent = z.infer<typeof RecordConsent>;
export const RecordedConsent = z.object({
  classes: z.array(ClassConsent),
  /** Published resources in which feeds were hidden because of it. */
  hiddenIn: z.array(z.object({ resourceId: Id, title: z.string() })),
});
export type RecordedConsent = z.infer<typeof RecordedConsent>;

/*
 * Retention (保留期限) and deletion.
 *
 *   GET    /api/retention                       RetentionBook
 *   PUT    /api/retention/rules                 RetentionRule → RetentionBook
 *   POST   /api/resources/:id/keep              Keep → RetentionBook       (prolongs)
 *   DELETE /api/resources/:id                   Delete → Binned            (into the bin; `now` past it)
 *   POST   /api/resources/:id/take-out          → Resource                 (out of the bin)
 *   GET    /api/resources/:id/proof             DeletionProof              (administrators)
 */
/** Between the bin and the real deletion. */
export const BIN_DAYS = 7;
/** Between the warning and what the rule says. */
export const WARNING_DAYS = 30;

export const RetentionRule = z.object({
  mode: LessonMode,
  /** Counted from the lesson's end; null: for ever. */
  months: z.number().int().min(1).max(600).nullable(),
  after: z.enum(['delete', 'remind']),
});
export type RetentionRule = z.infer<typeof RetentionRule>;

export const DueResource = z.object({
  resourceId: Id,
  title: z.string(),
  organizationName: z.string(),
  authorName: z.string(),
  state: ResourceState,
  mode: LessonMode,
  heldAt: WallMs,
  dueAt: WallMs,
  after: z.enum(['delete', 'remind']),
  /** Since when those concerned have been told. */
  warnedAt: WallMs.nullable(),
});
export type DueResource = z.infer<typeof DueResource>;

export const Keep = z.object({ months: z.number().int().min(1).max(600) });
export const Delete = Seen.extend({
  why: sharedText({ max: 200, lines: 4 }),
  /** Past the bin: nobody gets it back. */
  now: z.boolean().default(false),
});
export type Delete = z.infer<typeof Delete>;

export const Binned = z.object({
  resourceId: Id,
  title: z.string(),
  organizationName: z.string(),
  byName: z.string().nullable(),
  why: z.string(),
  at: WallMs,
  purgeAt: WallMs,
  /** Already gone: only the record that it was is left. */
  gone: z.boolean(),
});
export type Binned = z.infer<typeof Binned>;

export const RetentionBook = z.object({
  organizationName: z.string(),
  /** Whether the asking account may change the rules; an author only reads. */
  mayRule: z.boolean(),
  rules: z.array(RetentionRule.extend({ fromName: z.string().nullable() })),
  due: z.array(DueResource),
  bin: z.array(Binned),
});
export type RetentionBook = z.infer<typeof RetentionBook>;

export const DeletionProof = z.object({
  resourceId: Id,
  /** The record that is kept: what it was, when, by whom and why it was deleted. */
  tombstone: z
    .object({
      title: z.string(),
      kind: z.string(),
      deletedAt: WallMs,
      byName: z.string().nullable(),
      why: z.string(),
    })
    .nullable(),
  /** Every place that was looked at, and how much of it is still there. */
  places: z.array(z.object({ place: z.string(), left: z.number().int() })),
  /** Recordings and files that stay because another resource shows them. */
  kept: z.array(z.object({ place: z.string(), because: z.string() })),
  clean: z.boolean(),
});
export type DeletionProof = z.infer<typeof DeletionProof>;

/*
 * Streaming an open lesson to the public while it is held.
 *
 *   GET    /api/lessons/:id/live-stream     LiveStreamPolicy
 *   PUT    /api/lessons/:id/live-stream     SetLiveStream → LiveStreamPolicy   (asked for by who teaches)
 *   POST   /api/lessons/:id/live-stream/approve   { approved } → LiveStreamPolicy (the school's administrator)
 *   POST   /api/lessons/:id/live-stream/stop      { stopped } → LiveStreamPolicy
 *   GET    /api/live/:lessonId              PublicLive (nobody need be signed in)
 */
export const SetLiveStream = z.object({
  enabled: z.boolean(),
  delaySeconds: z.number().int().min(10).max(300),
});
export type SetLiveStream = z.infer<typeof SetLiveStream>;
export const LiveStreamPolicy = SetLiveStream.extend({
  approvedByName: z.string().nullable(),
  stoppedAt: WallMs.nullable(),
  mayAsk: z.boolean(),
  mayApprove: z.boolean(),
  mayStop: z.boolean(),
});
export type LiveStreamPolicy = z.infer<typeof LiveStreamPolicy>;

/**
 * What a stranger is told of a lesson that is streamed. `waiting`: not begun, or the delay is not over yet. The replay
 * has no timeline: chat, names and the board's events stay in the class.
 */
export const PublicLive = z.object({
  lessonId: Id,
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  teacherName: z.string(),
  organizationName: z.string(),
  plannedStart: WallMs,
  delaySeconds: z.number().int(),
  state: z.enum(['waiting', 'live', 'stopped', 'ended']),
  replay: Replay.nullable(),
});
export type PublicLive = z.infer<typeof PublicLive>;

/** What a programme looked like, for the summary of a version. */
export const summaryOf = (programme: Programme | null) => ({
  clips: programme?.clips.length ?? 0,
  hidden: programme?.hiddenTrackIds.length ?? 0,
});
