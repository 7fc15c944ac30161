import { z } from 'zod';
import { LessonMode } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { ResourceState } from './resource.ts';
import { Seen } from './review.ts';
import { sharedText } from './text.ts';

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
