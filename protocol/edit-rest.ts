import { z } from 'zod';
import { fitsLayout } from './directing.ts';
import { Id, WallMs } from './ids.ts';
import { Clip, isSound, MAX_CLIPS, Programme } from './programme.ts';
import { Resource, ResourceState } from './resource.ts';
import { Replay } from './rest.ts';
import { sharedText } from './text.ts';

/*
 * Editing over REST, for who may edit the resource (`resource.edit`); to everybody else it does not exist.
 *
 *   GET  /api/lessons/:id/edit                          EditEntry        (the lesson's replay, for who may edit it)
 *   GET  /api/resources/:id/edit                        EditDesk
 *   GET  /api/resources/:id/edit/sources?search=        Joinable[]       (other recordings that may be joined)
 *   GET  /api/resources/:id/edit/sources/:recordingId   EditSource
 *   GET  /api/resources/:id/edit/timelines/:recordingId TimelineEvent[]
 *   PUT  /api/resources/:id/programme                   SaveProgramme → Saved
 *   POST /api/resources/:id/split                       SplitResource → SplitDone
 *   GET  /api/resources/:id/versions                    VersionLine[]    (newest first)
 *   POST /api/resources/:id/versions                    RestoreVersion → Restored
 *
 * A save that saw an older version than the newest is OVERTAKEN; one of what is under review or published is
 * WRONG_STATE; a programme that shows a recording its editor may not edit is NOT_FOUND.
 */

/** In these states what a resource shows may be changed. */
export const EDITABLE_STATES: readonly ResourceState[] = ['draft', 'withdrawn'];

/** One recording that a programme takes from, with all of its feeds over its whole length. */
export const EditSource = z.object({
  recordingId: Id,
  lessonId: Id,
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  teacherName: z.string(),
  startedAt: WallMs.nullable(),
  durationMs: z.number(),
  /** What that lesson's own replay hides: joined, it stays hidden. */
  hiddenTrackIds: z.array(Id),
  replay: Replay,
});
export type EditSource = z.infer<typeof EditSource>;

export const EditEntry = z.object({ resourceId: Id });

export const EditDesk = z.object({
  resource: Resource.extend({ programme: Programme }),
  /** In the order in which the programme shows them first. */
  sources: z.array(EditSource),
});
export type EditDesk = z.infer<typeof EditDesk>;

/** A recording that may be joined. */
export const Joinable = z.object({
  recordingId: Id,
  lessonId: Id,
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  teacherName: z.string(),
  startedAt: WallMs.nullable(),
  durationMs: z.number(),
});
export type Joinable = z.infer<typeof Joinable>;
export const JoinableQuery = z.object({ search: sharedText({ min: 0, max: 80 }).default('') });

/** `seen`: the version that the change is made on. */
const seen = z.number().int().positive();
export const SaveProgramme = z.object({ seen, programme: Programme });
export const Saved = z.object({ version: z.number().int(), durationMs: z.number() });

/** Micro-videos (微课) to be made of it; each becomes a draft of the resource's author. */
export const SplitResource = z.object({
  seen,
  parts: z
    .array(
      z.object({
        title: sharedText({ max: 120 }),
        clips: z.array(Clip).min(1).max(MAX_CLIPS),
      }),
    )
    .min(1)
    .max(50),
});
export type SplitResource = z.infer<typeof SplitResource>;
export const SplitDone = z.object({ made: z.array(z.object({ resourceId: Id, title: z.string() })) });

/** A version of a resource in its history. */
export const VersionLine = z.object({
  version: z.number().int(),
  state: ResourceState,
  what: z.string(),
  /** Null: the platform itself. */
  byName: z.string().nullable(),
  byMe: z.boolean(),
  at: WallMs,
  durationMs: z.number().nullable(),
  clips: z.number().int(),
});
export type VersionLine = z.infer<typeof VersionLine>;

export const RestoreVersion = z.object({ seen, version: z.number().int().positive() });
export const Restored = Saved.extend({ programme: Programme });

/** What is wrong with a programme by itself, for developers; null when nothing is. */
export function problemOf(programme: Programme): string | null {
  if (!isSound(programme)) return 'clips of one recording overlap';
  const shown = new Set(programme.clips.map(({ recordingId }) => recordingId));
  const last = new Map<string, number>();
  for (const shot of programme.shots ?? []) {
    if (!shown.has(shot.recordingId)) return 'a shot of a recording that is not shown';
    if (!fitsLayout(shot)) return 'a shot with another number of pictures than its layout has places';
    if (shot.atMs < (last.get(shot.recordingId) ?? 0)) return 'shots are not in order of time';
    last.set(shot.recordingId, shot.atMs);
  }
  return null;
}
