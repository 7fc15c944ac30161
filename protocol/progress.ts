import { z } from 'zod';
import { Id, MediaMs, WallMs } from './ids.ts';

/*
 * How far somebody has watched. Times are in milliseconds of the subject's own time: a lesson's time for its replay,
 * programme time for a resource.
 *
 *   GET  /api/lessons/:id/progress     ProgressAnswer      (also /api/resources/:id/progress)
 *   POST /api/lessons/:id/progress     ProgressReport → ProgressAnswer   (every 10 s while it plays; also as a beacon)
 *   GET  /api/progress                 RecentlyWatched     (one's own, newest first)
 */

/** How often a page that plays tells the platform. */
export const REPORT_EVERY_MS = 10_000;
/** Of a replay that is this far through, the beginning is offered again. */
export const NEARLY_THROUGH = 0.95;
/** Somebody who skipped through has not watched it. */
export const WATCHED_ENOUGH = 0.6;

export const ProgressReport = z.object({
  positionMs: MediaMs.max(86_400_000),
  /** How much of the subject was played since the report before; what was skipped over is not played. */
  watchedMs: MediaMs.max(3_600_000),
  durationMs: MediaMs.max(86_400_000),
});
export type ProgressReport = z.infer<typeof ProgressReport>;

export const WatchProgress = z.object({
  positionMs: z.number(),
  furthestMs: z.number(),
  watchedMs: z.number(),
  durationMs: z.number(),
  /** Watched to its end, and not skipped through. Stays true. */
  completed: z.boolean(),
  updatedAt: WallMs,
});
export type WatchProgress = z.infer<typeof WatchProgress>;

export const ProgressAnswer = z.object({ progress: WatchProgress.nullable() });

export const RecentlyWatched = z.array(
  WatchProgress.extend({ lessonId: Id.nullable(), resourceId: Id.nullable() }),
);
export type RecentlyWatched = z.infer<typeof RecentlyWatched>;

/**
 * What a report makes of what was known. Whichever device reports last says the position: reports are put in order by
 * the server's clock, never by a device's.
 */
export function advance(known: WatchProgress | null, report: ProgressReport, now: number): WatchProgress {
  const durationMs = report.durationMs;
  const positionMs = Math.min(report.positionMs, durationMs);
  const furthestMs = Math.max(known?.furthestMs ?? 0, positionMs);
  const watchedMs = (known?.watchedMs ?? 0) + report.watchedMs;
  const through = furthestMs >= durationMs * NEARLY_THROUGH && watchedMs >= durationMs * WATCHED_ENOUGH;
  const completed = (known?.completed ?? false) || (durationMs > 0 && through);
  return { positionMs, furthestMs, watchedMs, durationMs, completed, updatedAt: now };
}

/** Where to go on; null where there is nothing to go on with. */
export function resumeAt({ positionMs, durationMs }: WatchProgress): number | null {
  return positionMs > 10_000 && positionMs < durationMs * NEARLY_THROUGH ? positionMs : null;
}
