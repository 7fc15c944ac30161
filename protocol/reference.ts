import { z } from 'zod';
import { Name } from './directory-text.ts';
import { WallMs } from './ids.ts';

/*
 * What classes and courses are chosen from: the national lists, and what a bureau adds. Errors: FORBIDDEN, FIELDS.
 *
 *   GET    /api/reference                      ReferenceItem[]        (everybody who is signed in)
 *   POST   /api/reference                      NewReferenceItem → ReferenceItem
 *   POST   /api/reference/archive, restore     ReferenceKey → ReferenceItem
 */

export const ReferenceKind = z.enum(['stage', 'grade', 'subject', 'textbook']);
export type ReferenceKind = z.infer<typeof ReferenceKind>;
export const ReferenceItem = z.object({
  kind: ReferenceKind,
  name: z.string(),
  /** Of a grade. */
  stage: z.string().nullable(),
  /** Of a textbook edition: of which subject it is; empty: of any. */
  subject: z.string(),
  position: z.number().int(),
  archivedAt: WallMs.nullable(),
});
export type ReferenceItem = z.infer<typeof ReferenceItem>;
export const ReferenceKey = z.object({
  kind: ReferenceKind,
  name: Name,
  subject: z.string().max(80).default(''),
});
export const NewReferenceItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['stage', 'subject']), name: Name }),
  z.object({ kind: z.literal('grade'), name: Name, stage: Name }),
  z.object({ kind: z.literal('textbook'), name: Name, subject: Name }),
]);
export type NewReferenceItem = z.input<typeof NewReferenceItem>;
