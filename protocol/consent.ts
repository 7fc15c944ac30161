import { z } from 'zod';
import { Id, WallMs } from './ids.ts';
import { sharedText } from './text.ts';

/*
 * Consent (监护人同意) for pupils under 14, one line for each recording of it; the newest holds.
 *
 *   GET    /api/consent                     ClassConsent[]   (classes of the administered schools)
 *   POST   /api/consent                     RecordConsent → RecordedConsent
 */

export const ConsentScope = z.enum(['none', 'class', 'school', 'public']);
export type ConsentScope = z.infer<typeof ConsentScope>;

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
