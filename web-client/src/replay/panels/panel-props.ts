import type { Chapter } from '#protocol/chapters.ts';
import type { Replay } from '#protocol/rest.ts';
import type { ReplayEngine } from '../engine/replay-engine.ts';
import type { LessonHistory } from '../history/lesson-history.ts';
import type { ReplaySubject } from '../subject.ts';

/** What every panel beside the player gets. */
export interface PanelProps {
  readonly subject: ReplaySubject;
  readonly replay: Replay;
  /** The lesson's course, to be asked for any moment of it. */
  readonly history: LessonHistory;
  readonly chapters: readonly Chapter[];
  readonly engine: ReplayEngine;
  /** Lesson time now, ms. Changes several times a second. */
  readonly timeMs: number;
  /** The time on the bar of a moment of the lesson, ms; null for what the programme leaves out. */
  readonly placeOf: (lessonMs: number) => number | null;
  /** Goes to a lesson time, ms. */
  readonly onSeek: (lessonMs: number) => void;
}
