import { z } from 'zod';
import type { LessonMode } from './domain.ts';
import type { Stage } from './steering.ts';

/** When a lesson is recorded: from the bell by itself, from somebody's touch, or never. */
export const RecordingPolicy = z.enum(['auto', 'manual', 'off']);
export type RecordingPolicy = z.infer<typeof RecordingPolicy>;

/** What differs between the three kinds of lesson. Everything else is the same code for all of them. */
export interface Policy {
  /** Who is heard when the lesson opens; the teacher changes it with one touch. */
  readonly openingStage: Exclude<Stage, { kind: 'room' }>;
  /** With more remote classrooms than these the teacher is warned; null: as many as come. */
  readonly comfortableRooms: number | null;
  /** Unless it was decided otherwise for one lesson. */
  readonly recording: RecordingPolicy;
}

export const POLICIES: Record<LessonMode, Policy> = {
  // Few rooms that belong together: everybody hears everybody.
  delivery: { openingStage: { kind: 'discuss' }, comfortableRooms: 3, recording: 'auto' },
  // Some tens of invited rooms: they listen until one is asked on stage.
  master: { openingStage: { kind: 'listen' }, comfortableRooms: null, recording: 'auto' },
  // One-way: whoever is let in as a room listens; viewers watch the broadcast.
  open: { openingStage: { kind: 'listen' }, comfortableRooms: null, recording: 'auto' },
};
