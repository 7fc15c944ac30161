/** What was, is, and was taken back. */
export interface Undoable<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
}

/** As many steps are kept: an hour of busy editing. */
const MOST_STEPS = 300;

export const begin = <T>(now: T): Undoable<T> => ({ past: [], now, future: [] });

/** A step; the same object is none. */
export function step<T>(state: Undoable<T>, next: T): Undoable<T> {
  if (next === state.now) return state;
  return { past: [...state.past, state.now].slice(-MOST_STEPS), now: next, future: [] };
}

export function undo<T>({ past, now, future }: Undoable<T>): Undoable<T> {
  const before = past.at(-1);
  return before === undefined
    ? { past, now, future }
    : { past: past.slice(0, -1), now: before, future: [now, ...future] };
}

export function redo<T>({ past, now, future }: Undoable<T>): Undoable<T> {
  const next = future[0];
  return next === undefined
    ? { past, now, future }
    : { past: [...past, now], now: next, future: future.slice(1) };
}
