import { z } from 'zod';
import { FeedRole, MediaKind } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { RecordingPolicy } from './policy.ts';
import { Clip, Shot } from './programme.ts';
import { TimelineEvent } from './timeline.ts';

/*
 * REST bodies. Errors are `{ error: ErrorBody }` with the code's status.
 *
 *   GET    /api/about                       About
 *   GET    /api/demo/accounts               Account[]        (only where demo sign-in is on)
 *   POST   /api/demo/lessons                → Lesson         (a fresh lesson that begins now; demo only)
 *   …      /api/timetable/…, /api/lessons/:id/move, …/cancel, /api/local-lessons, /api/calendar-feeds   `timetable.ts`
 *   …      /api/session, sign-in/…, first-start, account/…, people/:id/access, password-policy   see `sign-in.ts`
 *   GET    /api/lessons?from=&to=           Lesson[]         (planned start within [from, to), wall ms; default: today)
 *   GET    /api/lessons/:id                 Lesson
 *   POST   /api/lessons/:id/state           StateChange → Lesson
 *   POST   /api/lessons/:id/ingest-keys     → IngestKey
 *   POST   /api/lessons/:id/demo            → {}             (plays the demo film into the lesson)
 *   GET    /api/lessons/:id/timeline?after= TimelineEvent[]
 *   GET    /api/lessons/:id/roster         Roster           (who steers sees all classes, a room and its assistant their own)
 *   POST   /api/lessons/:id/documents?name=&purpose=   the file itself → Uploaded
 *   GET    /api/lessons/:id/recording       RecordingPlan    (for who may `record.control`)
 *   PUT    /api/lessons/:id/recording       RecordingChange → RecordingPlan
 *   GET    /api/lessons/:id/replay          Replay           (also while live)
 *   GET|PUT|POST /api/resources/:id/edit, programme, split, versions   see edit-rest.ts
 *   …      /api/resources/…, /api/consent, /api/retention, /api/live/…   review and publishing: `review.ts`
 *   …      /api/library/…                  finding, favourites, playlists, libraries, courses: `search.ts`, `shelf.ts`
 *   …      /api/lessons/:id/captions, …/notes, …/comments, …/progress   and the same below /api/resources/:id:
 *          see caption.ts, notes.ts, progress.ts
 *   GET    /api/resources/:id/replay       Replay           (of its programme; signed anew at each call)
 *   POST   /api/resources/:id/stream       → StreamAddress  (for another player)
 *   GET    /api/resources/:id/timeline?recordingId=   TimelineEvent[]   (as far as who watches may read)
 *   …      /api/library/uploads, known, intakes/…   bringing files in: `intake.ts`; packages: `package.ts`
 *   GET    /api/resources/:id/files         ResourceFiles    (of a resource of files)
 *   GET|POST /oai                           OAI-PMH 2.0, for other platforms
 *   GET    /media/s/:expires/:signature/…   playlists, segments, pictures: by signature, for minutes (`signed-address.ts`)
 *   GET    /media/courseware/:lessonId/:documentId/…   pages, images and clips, by the lesson's permission
 *   GET    /api/resources/:id/exports       Export[]         (also /api/lessons/:id/exports)
 *   POST   /api/resources/:id/exports       ExportRequest → Export   (the same request again: the same export)
 *   GET    /api/exports/:id                 Export           (with a short-lived address of its file, once done)
 *   POST   /api/exports/:id/cancel, …/retry → Export
 *   …      /api/classrooms/:id/devices, /api/devices/…, /api/pair   a classroom's devices: `device.ts`
 *   …      /api/room/…, /api/readiness     a classroom's screen, readiness of a lesson's rooms: `room-screen.ts`
 *   …      /api/oidc/…, /api/identities    signing in with another system's account: `oidc.ts`
 *   …      /api/attendance/…  应开/实开: `attendance.ts`; /api/now alarms: `alarm.ts`; /api/activities, rubrics,
 *          invitations: `invitation.ts`; /api/series, /api/open: `series.ts`
 *   …      /api/terms, /api/bells, /api/pairings   the school's calendar and who shares lessons: `term.ts`, `bells.ts`, `pairing.ts`
 *   …      /api/organizations, people, classrooms, class-groups, courses, reference   the directory: `directory.ts`
 *   …      /api/roster/…                   lists as OneRoster 1.1 CSV, in and out: `roster.ts`
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
  /** Where the schools' clocks are, 'Asia/Shanghai'. */
  timeZone: z.string(),
});
export type About = z.infer<typeof About>;

export const LessonQuery = z.object({
  from: z.coerce.number().int().nonnegative().optional(),
  to: z.coerce.number().int().nonnegative().optional(),
});
export const StateChange = z.object({ to: z.enum(['open', 'live', 'ended']) });
export type StateChange = z.infer<typeof StateChange>;

/** Whether a lesson is recorded, and where to. */
export const RecordingPlan = z.object({
  policy: RecordingPolicy,
  /** What the lesson's kind has, unless it is decided for it alone. */
  usual: RecordingPolicy,
  /** Whether a recorder is connected. */
  recorderReady: z.boolean(),
  /** Room on the disk of the recorder that would take it; null where nobody can say. */
  diskFreeBytes: z.number().nonnegative().nullable(),
});
export type RecordingPlan = z.infer<typeof RecordingPlan>;
export const RecordingChange = z.object({ policy: RecordingPolicy });

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

export const ReplayQuery = z.object({
  /** `native`: the player plays HLS by itself and cannot renew its addresses; they live longer. */
  player: z.enum(['native']).optional(),
});
export const ResourceTimelineQuery = z.object({ recordingId: Id });
/** For mpv, VLC or a TV box: one plain HLS stream of the cut. */
export const StreamAddress = z.object({ address: z.string(), expiresAt: WallMs });
export type StreamAddress = z.infer<typeof StreamAddress>;

/** Pictures along a recording, for the seek bar and for cards. */
export const Thumbnails = z.object({
  everyMs: z.number().positive(),
  width: z.number().int(),
  height: z.number().int(),
  /** Signed folder of the pictures, ending with a slash. */
  base: z.string(),
  /** The n-th shows the lesson at `n * everyMs`; null where it was cut out or there is none. */
  names: z.array(z.string().nullable()),
});
export type Thumbnails = z.infer<typeof Thumbnails>;

/** One recording as it is played. All addresses are signed and die in minutes; see `Replay.renewAfterMs`. */
export const ReplayRecording = z.object({
  lessonId: Id,
  recordingId: Id,
  epochMs: WallMs,
  live: z.boolean(),
  /** Of the whole recording, whatever was cut out. */
  durationMs: z.number(),
  tracks: z.array(ReplayTrack),
  thumbnails: Thumbnails.nullable(),
  /** Signed folder of the lesson's courseware, ending with a slash: `<documentId>/<file>` follows. */
  courseware: z.string(),
});
export type ReplayRecording = z.infer<typeof ReplayRecording>;

/**
 * What a player needs. Element time of every track is its lesson's time; what was cut out is a gap in the playlists
 * (EXT-X-GAP) and is jumped over.
 */
export const Replay = ReplayRecording.extend({
  /** Set when a resource is played and not the lesson's own recording. */
  resourceId: Id.nullable(),
  /** What is shown, in order; null: all of the one recording. */
  clips: z.array(Clip).min(1).nullable(),
  /** A director's cut made after the lesson; null: the one that the timeline tells (`shots.ts`). */
  shots: z.array(Shot).nullable(),
  /** The further recordings of a programme that joins several. */
  joined: z.array(ReplayRecording),
  /** One plain HLS stream of the cut, for other players; null while the lesson runs. */
  programme: z.string().nullable(),
  /** Words that move over the picture, to tell who filmed a screen; null: none. */
  watermark: z.string().nullable(),
  /** Ask again after this long: same replay, new signatures. */
  renewAfterMs: z.number().positive(),
});
export type Replay = z.infer<typeof Replay>;
