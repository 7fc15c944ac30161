import type { LessonMode } from './domain.ts';
import type { Stage } from './steering.ts';

/** What differs between the three kinds of lesson. Everything else is the same code for all of them. */
export interface Policy {
  /** Who is heard when the lesson opens; the teacher changes it with one touch. */
  readonly openingStage: Exclude<Stage, { kind: 'room' }>;
  /** With more remote classrooms than these the teacher is warned; null: as many as come. */
  readonly comfortableRooms: number | null;
}

export const POLICIES: Record<LessonMode, Policy> = {
  // Few rooms that belong together: everybody hears everybody.
  delivery: { openingStage: { kind: 'discuss' }, comfortableRooms: 3 },
  // Some tens of invited rooms: they listen until one is asked on stage.
  master: { openingStage: { kind: 'listen' }, comfortableRooms: null },
  // One-way: whoever is let in as a room listens; viewers watch the broadcast.
  open: { openingStage: { kind: 'listen' }, comfortableRooms: null },
};
