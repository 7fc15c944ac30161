import { z } from 'zod';
import { Id } from './ids.ts';
import { sharedText } from './text.ts';

/*
 * A programme (节目): what a resource shows of one or more recordings. It is an edit list and never touches a
 * segment; the one before it is one step of undo away.
 */

/** A stretch of one recording, `[fromMs, toMs)` in that lesson's own time. */
export const Clip = z
  .object({
    recordingId: Id,
    lessonId: Id,
    fromMs: z.number().nonnegative(),
    toMs: z.number().nonnegative(),
    title: sharedText({ max: 80 }).nullable().default(null),
  })
  .refine(({ fromMs, toMs }) => toMs - fromMs >= 500, 'a clip is at least half a second long');
export type Clip = z.infer<typeof Clip>;

export const Layout = z.enum(['single', 'pip', 'side', 'grid']);
export type Layout = z.infer<typeof Layout>;
/** Most pictures in one shot. */
export const MAX_SHOT_FEEDS = 6;

/**
 * What the director's cut shows from a moment on: 1 feed in `single`, 2 in `pip` (the first is large) and `side`,
 * 2 to 6 in `grid`. `board: true` means the first place is the board's pages and ink, drawn as vectors; the feeds
 * then take the other places.
 */
export const Shot = z.object({
  recordingId: Id,
  /** Lesson time of that recording. */
  atMs: z.number().nonnegative(),
  layout: Layout,
  board: z.boolean(),
  feedIds: z.array(Id).max(MAX_SHOT_FEEDS),
});
export type Shot = z.infer<typeof Shot>;

export const MAX_CLIPS = 200;
export const Programme = z.object({
  /** In the order in which they are shown; one recording's clips do not overlap. */
  clips: z.array(Clip).min(1).max(MAX_CLIPS),
  /** Feeds that nobody is shown or served (pupils whose families did not consent). */
  hiddenTrackIds: z.array(Id).max(200),
  /** A cut made anew after the lesson; null: the one that the timeline tells (`shots.ts`). */
  shots: z.array(Shot).max(5_000).nullable(),
});
export type Programme = z.infer<typeof Programme>;

export const durationOf = ({ clips }: Pick<Programme, 'clips'>): number =>
  clips.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/** A moment of a recording, in its lesson's time. */
export interface LessonMoment {
  readonly clip: number;
  readonly recordingId: Id;
  readonly ms: number;
}

/** The moment of a recording that a programme shows at `programmeMs`; the last one at and after its end. */
export function toLesson({ clips }: Pick<Programme, 'clips'>, programmeMs: number): LessonMoment {
  let left = Math.max(0, programmeMs);
  for (const [index, { recordingId, fromMs, toMs }] of clips.entries()) {
    if (left < toMs - fromMs) return { clip: index, recordingId, ms: fromMs + left };
    left -= toMs - fromMs;
  }
  const last = clips.at(-1)!;
  return { clip: clips.length - 1, recordingId: last.recordingId, ms: last.toMs };
}

/** When a programme shows a moment of a recording; null when that was cut out. */
export function toProgramme(
  { clips }: Pick<Programme, 'clips'>,
  recordingId: Id,
  lessonMs: number,
): number | null {
  let before = 0;
  for (const clip of clips) {
    if (clip.recordingId === recordingId && lessonMs >= clip.fromMs && lessonMs < clip.toMs)
      return before + lessonMs - clip.fromMs;
    before += clip.toMs - clip.fromMs;
  }
  return null;
}

/** Clips of one recording do not overlap, so that no moment is shown twice and every cue has one place. */
export function isSound({ clips }: Programme): boolean {
  const sorted = clips.toSorted((a, b) => a.fromMs - b.fromMs);
  return sorted.every((clip, index) => {
    const next = sorted.slice(index + 1).find(({ recordingId }) => recordingId === clip.recordingId);
    return !next || next.fromMs >= clip.toMs;
  });
}

/** The whole of one recording. */
export function wholeOf(recordingId: Id, lessonId: Id, durationMs: number): Programme {
  return {
    clips: [{ recordingId, lessonId, fromMs: 0, toMs: Math.max(500, durationMs), title: null }],
    hiddenTrackIds: [],
    shots: null,
  };
}
