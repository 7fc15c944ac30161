import type { Id } from '#protocol/ids.ts';
import type { Clip } from '#protocol/programme.ts';
import type { Span } from '#protocol/rest.ts';

/** Stretches of one recording's lesson time as they lie on the bar, in order; what was cut out is left away. */
export function onBar(spans: readonly Span[], recordingId: Id, clips: readonly Clip[] | null): Span[] {
  if (!clips) return [...spans];
  let before = 0;
  return clips.flatMap((clip) => {
    const start = before - clip.fromMs;
    before += clip.toMs - clip.fromMs;
    if (clip.recordingId !== recordingId) return [];
    return spans
      .map(({ fromMs, toMs }) => ({
        fromMs: start + Math.max(fromMs, clip.fromMs),
        toMs: start + Math.min(toMs, clip.toMs),
      }))
      .filter(({ fromMs, toMs }) => toMs > fromMs);
  });
}

/** Where a small picture of a moment is on a sheet, as a share of the sheet; null beyond the last one. */
export function tileAt(
  { everyMs, columns, count }: { everyMs: number; columns: number; count: number },
  timeMs: number,
): { column: number; row: number } | null {
  const index = Math.min(count - 1, Math.floor(timeMs / everyMs));
  return index < 0 ? null : { column: index % columns, row: Math.floor(index / columns) };
}
