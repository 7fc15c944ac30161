import { useEffect } from 'react';
import type { ReplayEngine } from './engine/replay-engine.ts';

export const SPEEDS: readonly number[] = [0.75, 1, 1.25, 1.5, 2];
export const SKIP_MS = 10_000;

/** The player's keys, wherever the focus is but in a field that uses them itself. */
export function useShortcuts(engine: ReplayEngine, toggleFullscreen: () => void): void {
  useEffect(() => {
    const keys = new Map<string, () => void>([
      [' ', () => engine.toggle()],
      ['arrowleft', () => engine.skip(-SKIP_MS)],
      ['arrowright', () => engine.skip(SKIP_MS)],
      ['<', () => engine.setRate(step(engine.getSnapshot().rate, -1))],
      ['>', () => engine.setRate(step(engine.getSnapshot().rate, 1))],
      ['f', toggleFullscreen],
      ['m', () => engine.setMuted(!engine.getSnapshot().muted)],
    ]);
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest('select')) return;
      // The space bar presses the button that has the focus.
      if (event.key === ' ' && target.closest('button, a')) return;
      const act = keys.get(event.key.toLowerCase());
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [engine, toggleFullscreen]);
}

function step(rate: number, by: 1 | -1): number {
  const at = SPEEDS.indexOf(rate);
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))] ?? 1;
}
