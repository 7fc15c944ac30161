import type { Chapter } from '#protocol/chapters.ts';
import { within } from '#protocol/edit-clips.ts';
import type { EditSource } from '#protocol/edit-rest.ts';
import type { Id } from '#protocol/ids.ts';
import type { Clip, Programme } from '#protocol/programme.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';

/* What the lesson itself suggests to its editor. All times are lesson time, ms. */

/** A head or tail shorter than this is not worth a question. */
const WORTH_MS = 2_000;
/** Before the first word somebody breathes in. */
const LEAD_MS = 500;
/** A highlight is pressed after it happened. */
const BEFORE_HIGHLIGHT_MS = 60_000;
const AFTER_HIGHLIGHT_MS = 30_000;

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * From the first word after the lesson began to its end or the last picture; null where there is next to nothing to
 * trim. Voices are sent only while a microphone is on, so its first span is the first word.
 */
export function suggestedTrim(
  { replay, durationMs }: Pick<EditSource, 'replay' | 'durationMs'>,
  events: readonly TimelineEvent[],
): Stretch | null {
  const at = (type: string) => events.find(({ body }) => body.type === type)?.mediaMs ?? null;
  const firsts = replay.tracks
    .filter(({ role }) => role === 'teacher' || role === 'studio' || role === 'mic')
    .flatMap(({ spans }) => (spans[0] ? [spans[0].fromMs] : []));
  const lasts = replay.tracks
    .filter(({ kind }) => kind === 'video')
    .flatMap(({ spans }) => (spans.length > 0 ? [spans.at(-1)!.toMs] : []));
  const first = firsts.length > 0 ? Math.min(...firsts) - LEAD_MS : 0;
  const fromMs = Math.max(0, at('lesson.started') ?? 0, first);
  const last = lasts.length > 0 ? Math.max(...lasts) : durationMs;
  const toMs = Math.min(durationMs, at('lesson.ended') ?? durationMs, last);
  const worth = fromMs >= WORTH_MS || durationMs - toMs >= WORTH_MS;
  return worth && toMs - fromMs > WORTH_MS ? { fromMs: Math.round(fromMs), toMs: Math.round(toMs) } : null;
}

/** A micro-video that is being put together. */
export interface Part extends Stretch {
  readonly key: string;
  readonly recordingId: Id;
  readonly title: string;
}

/** The stretch around a highlight, within the recording. */
export const aroundHighlight = (atMs: number, durationMs: number): Stretch => ({
  fromMs: Math.max(0, Math.round(atMs) - BEFORE_HIGHLIGHT_MS),
  toMs: Math.min(durationMs, Math.round(atMs) + AFTER_HIGHLIGHT_MS),
});

/** One stretch for each chapter of which the programme shows anything. */
export function chapterParts(
  programme: Programme,
  recordingId: Id,
  chapters: readonly Chapter[],
  durationMs: number,
  nameOf: (chapter: Chapter) => string,
): Part[] {
  return chapters.flatMap((chapter, index) => {
    const toMs = chapters[index + 1]?.fromMs ?? durationMs;
    const shown = within(programme, recordingId, chapter.fromMs, toMs);
    if (shown.length === 0) return [];
    return [
      {
        key: `chapter-${recordingId}-${chapter.seq}`,
        recordingId,
        title: nameOf(chapter),
        fromMs: Math.round(shown[0]!.fromMs),
        toMs: Math.round(shown.at(-1)!.toMs),
      },
    ];
  });
}

/**
 * The clips of a micro-video: what the programme shows of its stretch, or the stretch itself where all of it was cut
 * out of the programme.
 */
export function clipsOf(
  programme: Programme,
  { recordingId, fromMs, toMs }: Omit<Part, 'key' | 'title'>,
  lessonId: Id,
): Clip[] {
  const shown = within(programme, recordingId, fromMs, toMs);
  return shown.length > 0 ? shown : [{ recordingId, lessonId, fromMs, toMs, title: null }];
}
