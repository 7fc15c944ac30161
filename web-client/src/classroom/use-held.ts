import { useRef } from 'react';

/** The value, or while `hold` is true and it is null, what it was last. */
export function useHeld<T>(value: T | null, hold: boolean): T | null {
  const last = useRef<T | null>(null);
  if (value !== null) last.current = value;
  else if (!hold) last.current = null;
  return last.current;
}
