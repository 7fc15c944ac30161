import { type Chapter, chapterAt } from '#protocol/chapters.ts';
import type { Id } from '#protocol/ids.ts';
import type { Clip } from '#protocol/programme.ts';

/** A chapter where the bar has it. */
export interface PlacedChapter {
  readonly key: string;
  /** On the time that is shown, ms. */
  readonly shownMs: number;
  readonly recordingId: Id;
  /** Where it leads to, in that recording's lesson time, ms. */
  readonly lessonMs: number;
  readonly chapter: Chapter;
  /** What the programme itself calls it; null where it does not. */
  readonly title: string | null;
}

/**
 * The chapters of what is shown, in its order. A clip that begins in the middle of a chapter begins with it; what
 * lies in the parts that were cut out is no chapter.
 * @param chaptersOf the chapters of a recording; none while its timeline is not known.
 */
export function placedChapters(
  recordingId: Id,
  clips: readonly Clip[] | null,
  chaptersOf: (recordingId: Id) => readonly Chapter[],
): PlacedChapter[] {
  if (!clips)
    return chaptersOf(recordingId).map((chapter) => ({
      key: `${chapter.seq}`,
      shownMs: chapter.fromMs,
      recordingId,
      lessonMs: chapter.fromMs,
      chapter,
      title: null,
    }));
  let before = 0;
  return clips.flatMap((clip, index) => {
    const start = before;
    before += clip.toMs - clip.fromMs;
    const all = chaptersOf(clip.recordingId);
    const running = all[chapterAt(all, clip.fromMs)];
    const inside = all.filter(({ fromMs }) => fromMs > clip.fromMs && fromMs < clip.toMs);
    const last = index > 0 ? clips[index - 1] : undefined;
    // A piece was cut out of a chapter that goes on: that is no new one.
    const goesOn =
      running !== undefined &&
      clip.title === null &&
      last?.recordingId === clip.recordingId &&
      last.toMs <= clip.fromMs &&
      all[chapterAt(all, last.toMs - 1)] === running;
    const chapters = [...(running && !goesOn ? [{ ...running, fromMs: clip.fromMs }] : []), ...inside];
    return chapters.map((chapter, place) => ({
      key: `${index} ${chapter.seq}`,
      shownMs: start + chapter.fromMs - clip.fromMs,
      recordingId: clip.recordingId,
      lessonMs: chapter.fromMs,
      chapter,
      title: place === 0 && !goesOn ? clip.title : null,
    }));
  });
}
