import { z } from 'zod';
import { Id, MediaMs, WallMs } from './ids.ts';
import { sharedText } from './text.ts';

/*
 * What people write at a second of a replay: notes for themselves, comments for all who may watch it. All below
 * /api/lessons/:id or /api/resources/:id; times are the subject's own (lesson time, or programme time of a resource).
 *
 *   GET    …/notes                       StudyNote[]       (one's own, in order of time)
 *   GET    …/notes.md                    text/markdown     (the same, to take along)
 *   POST   …/notes                       NewNote → StudyNote
 *   PUT    …/notes/:noteId               NewNote → StudyNote
 *   DELETE …/notes/:noteId               {}
 *   POST   …/notes/:noteId/restore       StudyNote         (undo, for an hour)
 *
 *   GET    …/comments                    CommentPage       (signed in; in order of time, replies after what they answer)
 *   POST   …/comments                    NewComment → TimedComment   (SENSITIVE_WORD, SLOW_MODE)
 *   POST   …/comments/:commentId/approve TimedComment      (a moderator lets a held one through)
 *   DELETE …/comments/:commentId         {}                (its author, or a moderator)
 *   POST   …/comments/:commentId/restore TimedComment      (undo by whoever deleted it, for an hour)
 */

export const MAX_NOTE = 2_000;
export const MAX_NOTES = 1_000;
export const MAX_COMMENT = 500;
export const MAX_COMMENTS = 5_000;
/** So many comments a minute are written by somebody who reads; more are too many. */
export const COMMENTS_A_MINUTE = 6;

const At = MediaMs.max(86_400_000);

export const NewNote = z.object({ atMs: At, text: sharedText({ max: MAX_NOTE, lines: 40 }) });
export type NewNote = z.infer<typeof NewNote>;

export const StudyNote = z.object({
  noteId: Id,
  /** Null when that moment was cut out of the resource since. */
  atMs: z.number().nullable(),
  text: z.string(),
  createdAt: WallMs,
  editedAt: WallMs.nullable(),
});
export type StudyNote = z.infer<typeof StudyNote>;

export const NewComment = z.object({
  atMs: At,
  text: sharedText({ max: MAX_COMMENT, lines: 8 }),
  /** The comment that it answers; it then stands at that one's moment. Replies have no replies of their own. */
  replyTo: Id.nullable().default(null),
});
export type NewComment = z.infer<typeof NewComment>;

export const TimedComment = z.object({
  commentId: Id,
  replyTo: Id.nullable(),
  atMs: z.number().nullable(),
  text: z.string(),
  authorName: z.string(),
  organizationName: z.string(),
  mine: z.boolean(),
  /** Waits for a moderator because of a sensitive word; until then its author and the moderators alone see it. */
  held: z.boolean(),
  createdAt: WallMs,
});
export type TimedComment = z.infer<typeof TimedComment>;

export const CommentPage = z.object({
  comments: z.array(TimedComment),
  mayWrite: z.boolean(),
  mayModerate: z.boolean(),
});
export type CommentPage = z.infer<typeof CommentPage>;
