import { z } from 'zod';
import { Account, FeedRole, MediaKind } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { TimelineEvent } from './timeline.ts';

/*
 * REST bodies. Errors are `{ error: ErrorBody }` with the code's status.
 *
 *   GET    /api/about                       About
 *   GET    /api/demo/accounts               Account[]        (only where demo sign-in is on)
 *   POST   /api/demo/lessons                → Lesson         (a fresh lesson that begins now; demo only)
 *   GET    /api/session                     Session
 *   POST   /api/session                     SignIn → Session (sets the cookie)
 *   DELETE /api/session                     → Session
 *   GET    /api/lessons?from=&to=           Lesson[]         (planned start within [from, to), wall ms; default: today)
 *   GET    /api/lessons/:id                 Lesson
 *   POST   /api/lessons/:id/state           StateChange → Lesson
 *   POST   /api/lessons/:id/ingest-keys     → IngestKey
 *   POST   /api/lessons/:id/demo            → {}             (plays the demo film into the lesson)
 *   GET    /api/lessons/:id/timeline?after= TimelineEvent[]
 *   GET    /api/lessons/:id/roster         Roster           (who steers sees all classes, a room and its assistant their own)
 *   POST   /api/lessons/:id/documents?name=&purpose=   the file itself → Uploaded
 *   GET    /api/lessons/:id/replay          Replay           (also while live)
 *   GET|PUT|POST /api/resources/:id/edit, programme, split, versions   see edit-rest.ts
 *   …      /api/resources/…, /api/consent, /api/retention, /api/live/…   review and publishing: `review.ts`
 *   …      /api/lessons/:id/captions, …/notes, …/comments, …/progress   and the same below /api/resources/:id:
 *          see caption.ts, notes.ts, progress.ts
 *   GET    /media/recordings/…              playlists and segments, by the same permission
 *   GET    /media/courseware/:lessonId/:documentId/…   pages, images and clips, by the lesson's permission
 *   POST   /whip/:lessonId                  RFC 9725, Bearer ingest key
 */

export const About = z.object({
  version: z.string(),
  demoSignIn: z.boolean(),
  /** Whether this server can play the demo film into a lesson by itself. */
  demoLesson: z.boolean(),
  /** Where a page opened insecurely finds its secure twin; empty when HTTPS is off. */
  secureOrigins: z.array(z.string()),
  /** Largest courseware file that is taken in. */
  maxUploadBytes: z.number().int(),
  mediaNodes: z.number().int(),
  recorders: z.number().int(),
});
export type About = z.infer<typeof About>;

export const SignIn = z.object({ accountId: Id });
export const Session = z.object({ account: Account.nullable() });
export type Session = z.infer<typeof Session>;

export const LessonQuery = z.object({
  from: z.coerce.number().int().nonnegative().optional(),
  to: z.coerce.number().int().nonnegative().optional(),
});
export const StateChange = z.object({ to: z.enum(['open', 'live', 'ended']) });
export type StateChange = z.infer<typeof StateChange>;

export const IngestKey = z.object({ whipPath: z.string(), token: z.string(), expiresAt: WallMs });
export type IngestKey = z.infer<typeof IngestKey>;

export const TimelineQuery = z.object({ after: z.coerce.number().int().nonnegative().default(0) });
export const TimelinePage = z.array(TimelineEvent);

/** The class list of each classroom of a lesson. */
export const Roster = z.array(
  z.object({
    classroomAccountId: Id,
    /** What the classroom is in the lesson's room, whether it is there or not. */
    participantId: Id,
    organizationName: z.string(),
    classGroupName: z.string().nullable(),
    children: z.array(z.object({ name: z.string() })),
  }),
);
export type Roster = z.infer<typeof Roster>;

/** A stretch of lesson time in milliseconds, `[from, to)`. */
export const Span = z.object({ fromMs: z.number(), toMs: z.number() });
export type Span = z.infer<typeof Span>;

export const ReplayTrack = z.object({
  trackId: Id,
  feedId: Id,
  participantId: Id,
  participantName: z.string(),
  organizationName: z.string(),
  role: FeedRole,
  kind: MediaKind,
  /** Master playlist, a path on this server. Every playlist covers the whole lesson: element time is lesson time. */
  playlist: z.string(),
  /** Where real media is; elsewhere the track holds a still or silence. */
  spans: z.array(Span),
});
export type ReplayTrack = z.infer<typeof ReplayTrack>;

export const Replay = z.object({
  lessonId: Id,
  recordingId: Id,
  epochMs: WallMs,
  live: z.boolean(),
  durationMs: z.number(),
  tracks: z.array(ReplayTrack),
});
export type Replay = z.infer<typeof Replay>;
