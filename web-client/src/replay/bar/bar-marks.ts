import type { Id } from '#protocol/ids.ts';
import type { Clip } from '#protocol/programme.ts';
import type { Span, Thumbnails } from '#protocol/rest.ts';

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

/** Stretches of several tracks as one row, in order. */
export function merged(spans: readonly Span[]): Span[] {
  const row: Span[] = [];
  for (const { fromMs, toMs } of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = row.at(-1);
    if (last && fromMs <= last.toMs) row.splice(-1, 1, { ...last, toMs: Math.max(last.toMs, toMs) });
    else row.push({ fromMs, toMs });
  }
  return row;
}

/** The small picture of a lesson time, or the next one to it: its own may show what was cut out. Null for none. */
export function thumbnailAt(
  { everyMs, base, names }: Pick<Thumbnails, 'everyMs' | 'base' | 'names'>,
  lessonMs: number,
): string | null {
  const index = Math.min(names.length - 1, Math.floor(lessonMs / everyMs));
  const name = names[index] ?? names[index + 1] ?? names[index - 1];
  return name ? base + name : null;
}
