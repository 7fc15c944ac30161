import { z } from 'zod';
import { MissingConsent } from './consent.ts';
import { Id, WallMs } from './ids.ts';
import type { Programme } from './programme.ts';
import { Licence, Reach, Resource, ResourceState } from './resource.ts';
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

/** The version that whoever asks has seen. */
export const Seen = z.object({ version: z.number().int().positive() });

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

/** What a programme looked like, for the summary of a version. */
export const summaryOf = (programme: Programme | null) => ({
  clips: programme?.clips.length ?? 0,
  hidden: programme?.hiddenTrackIds.length ?? 0,
});
