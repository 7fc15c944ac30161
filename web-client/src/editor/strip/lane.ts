import type { Programme } from '#protocol/programme.ts';
import type { Source } from '../state/use-sources.ts';

/** What every lane of the strip works with. */
export interface LaneProps {
  source: Source;
  programme: Programme;
  apply: (change: (programme: Programme) => Programme) => void;
  /** Lesson time under a pointer, pulled to what is near. */
  timeAt: (clientX: number, free?: boolean) => number;
  /** A time's place, as a share of the lane. */
  at: (ms: number) => string;
  readOnly: boolean;
}

export const KEY_STEP_MS = 1_000;

/** How far an arrow key moves a handle, ms; 0 for other keys. */
export const stepOf = (key: string): number =>
  key === 'ArrowLeft' ? -KEY_STEP_MS : key === 'ArrowRight' ? KEY_STEP_MS : 0;
