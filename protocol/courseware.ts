import { z } from 'zod';
import { NewPage } from './board-page.ts';
import { Id } from './ids.ts';

/* Courseware (课件): files that somebody brought into a lesson. */

/** `photo`: of a child's work, sent by a room; the teacher puts it on the board with one touch. */
export const DocumentKind = z.enum(['pdf', 'slides', 'image', 'clip', 'photo']);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** Why a file that had been taken in could not be made into pages. */
export const DocumentFailure = z.enum([
  'NO_OFFICE',
  'CONVERSION_FAILED',
  'FILE_TOO_MANY_PAGES',
  'STORAGE_FULL',
]);
export type DocumentFailure = z.infer<typeof DocumentFailure>;

export const CoursewareDocument = z.object({
  documentId: Id,
  kind: DocumentKind,
  /** As its sender called it, without what does not belong into a name. */
  name: z.string().max(120),
  participantId: Id,
  /** The sender's school, for the teacher. */
  from: z.string(),
  /** `processing`: slides are being made into pages. */
  state: z.enum(['processing', 'ready', 'failed']),
  failure: DocumentFailure.nullable(),
  /** The pages that it makes, with ids of their own each time it is placed. */
  pages: z.array(NewPage),
  /** The PDF has scripts in it; they are never run. */
  scripted: z.boolean(),
});
export type CoursewareDocument = z.infer<typeof CoursewareDocument>;

/** Answer to an upload. */
export const Uploaded = z.object({ document: CoursewareDocument });
export type Uploaded = z.infer<typeof Uploaded>;

/** `purpose`: a photo waits for the teacher, everything else of the teacher's side goes on the board at once. */
export const UploadQuery = z.object({
  name: z.string().max(1_000).default(''),
  purpose: z.enum(['board', 'photo']).default('board'),
});

const MAX_NAME = 80;

/** A name for people, from whatever a file was called: no path, no control or direction characters. */
export function displayName(raw: string): string {
  const last = raw.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{C}<>:"|?*]/gu, '').replace(/^[.\s]+|\s+$/g, '');
  return [...clean].slice(0, MAX_NAME).join('');
}

/** Where a page reads a file of a lesson's courseware. */
export const coursewarePath = (lessonId: Id, documentId: Id, file: string): string =>
  `/media/courseware/${lessonId}/${documentId}/${file}`;
