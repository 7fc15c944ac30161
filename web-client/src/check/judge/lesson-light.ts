import type { Light, QualityCause } from '#protocol/quality.ts';
import { judgeLine } from './verdicts.ts';

/** What a page in a lesson knows of itself. */
export interface LessonFacts {
  /** The main picture that others send; null while nobody sends one. `stalled`: it should come and does not. */
  readonly sees: { readonly stalled: boolean; readonly framesPerSecond: number | null } | null;
  /** Whether every voice that others send arrives. */
  readonly hears: boolean;
  /** Its own camera and microphone: `idle` when they are off on purpose or not wanted here. */
  readonly camera: 'idle' | 'flows' | 'stopped';
  readonly mic: 'idle' | 'flows' | 'stopped';
  readonly lossPercent: number | null;
  readonly rttMs: number | null;
}

const LIGHTS: Record<QualityCause, Light> = {
  SEES_NOTHING: 'red',
  HEARS_NOTHING: 'red',
  SENDS_NO_SOUND: 'red',
  SENDS_NO_PICTURE: 'red',
  LOSS_HEAVY: 'red',
  DELAY_HEAVY: 'red',
  LOSS: 'amber',
  DELAY: 'amber',
  SLOW_PICTURE: 'amber',
};
/** Fewer frames a second look like a row of stills. A shared screen has few on purpose, and is not judged. */
const SLOW_FPS = 8;

/** The light of a room in a lesson, and the one thing that most needs somebody's hand. */
export function lessonLight(facts: LessonFacts): { light: Light; cause: QualityCause | null } {
  const cause = causeOf(facts);
  return { light: cause ? LIGHTS[cause] : 'green', cause };
}

function causeOf({ sees, hears, camera, mic, lossPercent, rttMs }: LessonFacts): QualityCause | null {
  const line = judgeLine(lossPercent, rttMs);
  // Hearing before seeing, and what others miss before what we miss: that is what stops a lesson.
  if (mic === 'stopped') return 'SENDS_NO_SOUND';
  if (!hears) return 'HEARS_NOTHING';
  if (sees?.stalled) return 'SEES_NOTHING';
  if (camera === 'stopped') return 'SENDS_NO_PICTURE';
  if (line) return line;
  if (sees && sees.framesPerSecond !== null && sees.framesPerSecond < SLOW_FPS) return 'SLOW_PICTURE';
  return null;
}
