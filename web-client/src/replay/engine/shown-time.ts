import type { Id } from '#protocol/ids.ts';
import { type Clip, durationOf, toLesson, toProgramme } from '#protocol/programme.ts';

/** A moment of one recording, in its lesson's time. */
export interface Moment {
  readonly recordingId: Id;
  readonly ms: number;
  /** Its place in the programme's clips. */
  readonly clip: number;
}

/**
 * The time on the bar and what lies behind it. Without clips that is the lesson's own time. With clips it is the
 * programme's: what was cut out takes no time, and several recordings follow one another.
 */
export class ShownTime {
  readonly clips: Clip[] | null;
  readonly #recordingId: Id;

  constructor(recordingId: Id, clips: Clip[] | null) {
    this.#recordingId = recordingId;
    this.clips = clips && clips.length > 0 ? clips : null;
  }

  /** @param lessonMs how long the lesson is, where there are no clips. */
  lengthOf(lessonMs: number): number {
    return this.clips ? durationOf({ clips: this.clips }) : lessonMs;
  }

  /** The moment that is shown at `shownMs`; the very end of the last clip at and after the end. */
  momentAt(shownMs: number): Moment {
    if (!this.clips) return { recordingId: this.#recordingId, ms: Math.max(0, shownMs), clip: 0 };
    return toLesson({ clips: this.clips }, shownMs);
  }

  /** Null for what is cut out. */
  shownAt(recordingId: Id, ms: number): number | null {
    return this.clips ? toProgramme({ clips: this.clips }, recordingId, ms) : ms;
  }

  /** The moment itself when it is shown, else where the programme goes on after it; null after the last clip. */
  nearest(recordingId: Id, ms: number): Moment | null {
    if (!this.clips) return { recordingId, ms, clip: 0 };
    const clip = this.clips.findIndex(
      (known) => known.recordingId === recordingId && ms >= known.fromMs && ms < known.toMs,
    );
    if (clip >= 0) return { recordingId, ms, clip };
    const next = this.clips
      .map((known, index) => ({ ...known, clip: index }))
      .filter((known) => known.recordingId === recordingId && known.fromMs >= ms)
      .sort((a, b) => a.fromMs - b.fromMs)[0];
    return next ? { recordingId, ms: next.fromMs, clip: next.clip } : null;
  }

  beginOf(clip: number): Moment | null {
    const known = this.clips?.[clip];
    return known ? { recordingId: known.recordingId, ms: known.fromMs, clip } : null;
  }

  /** The time on the bar while `clip` plays at `ms`; never beyond that clip. */
  within({ clip, ms }: Pick<Moment, 'clip' | 'ms'>): number {
    if (!this.clips) return ms;
    const before = durationOf({ clips: this.clips.slice(0, clip) });
    const known = this.clips[clip];
    if (!known) return before;
    return before + Math.max(0, Math.min(ms, known.toMs) - known.fromMs);
  }
}
