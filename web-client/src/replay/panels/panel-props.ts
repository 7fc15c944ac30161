import type { Replay } from '#protocol/rest.ts';
import type { ReplayEngine } from '../engine/replay-engine.ts';
import type { LessonHistory } from '../history/lesson-history.ts';
import type { PlacedChapter } from '../placed-chapters.ts';
import type { ReplaySubject } from '../subject.ts';

/** What every panel beside the player gets. */
export interface PanelProps {
  readonly subject: ReplaySubject;
  readonly replay: Replay;
  /** Whether this viewer has an account, and so a place for notes. */
  readonly signedIn: boolean;
  /** The lesson's course, to be asked for any moment of it. */
  readonly history: LessonHistory;
  /** Of all that is shown, in its order. */
  readonly chapters: readonly PlacedChapter[];
  readonly engine: ReplayEngine;
  /** Lesson time of the recording that plays now, ms. Changes several times a second. */
  readonly timeMs: number;
  /** The time on the bar, ms: the same, but for a programme that leaves something out. */
  readonly shownMs: number;
  /** The time on the bar of a moment of the lesson, ms; null for what the programme leaves out. */
  readonly placeOf: (lessonMs: number) => number | null;
  /** Goes to a lesson time of the recording that plays now, ms. */
  readonly onSeek: (lessonMs: number) => void;
}
