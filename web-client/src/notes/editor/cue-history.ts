import type { Cue } from '#protocol/caption.ts';
import type { Edited } from './cue-edit.ts';

const STEPS = 200;

/** Cues under edit: what they are, what is chosen, and what they were. */
export interface CueHistory {
  readonly cues: readonly Cue[];
  /** The cue that is worked on; -1 where there is none. */
  readonly at: number;
  readonly past: readonly Edited[];
  readonly future: readonly Edited[];
  /** What the last step was: letters typed one after the other into one field are one step. */
  readonly typing: string | null;
}

export type CueAction =
  /** Other cues, e.g. of a file; with `fresh` nothing before them can be gone back to. */
  | { type: 'load'; cues: readonly Cue[]; fresh: boolean }
  | { type: 'choose'; at: number }
  /** @param typing names the field that is typed into. */
  | { type: 'edit'; edited: Edited; typing?: string }
  | { type: 'undo' }
  | { type: 'redo' };

export const EMPTY_HISTORY: CueHistory = { cues: [], at: -1, past: [], future: [], typing: null };

export function cueHistory(state: CueHistory, action: CueAction): CueHistory {
  const now: Edited = { cues: state.cues, at: state.at };
  switch (action.type) {
    case 'load': {
      const at = Math.min(Math.max(0, state.at), action.cues.length - 1);
      const past = action.fresh ? [] : [...state.past, now];
      return { cues: action.cues, at, past, future: [], typing: null };
    }
    case 'choose':
      return { ...state, at: action.at, typing: null };
    case 'edit': {
      const goesOn = action.typing !== undefined && action.typing === state.typing;
      const past = goesOn ? state.past : [...state.past, now].slice(-STEPS);
      return { ...action.edited, past, future: [], typing: action.typing ?? null };
    }
    case 'undo': {
      const before = state.past.at(-1);
      if (!before) return state;
      return { ...before, past: state.past.slice(0, -1), future: [now, ...state.future], typing: null };
    }
    case 'redo': {
      const [after, ...future] = state.future;
      return after ? { ...after, past: [...state.past, now], future, typing: null } : state;
    }
  }
}
