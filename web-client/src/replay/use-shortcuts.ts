import { useEffect, useRef } from 'react';
import type { ReplayEngine } from './engine/replay-engine.ts';
import { SPEEDS, stepped } from './speeds.ts';

export { SPEEDS };
export const SKIP_MS = 10_000;
const NUDGE_MS = 5_000;
const VOLUME_STEP = 0.1;

export interface ShortcutActions {
  readonly onFullscreen: () => void;
  readonly onBoard: () => void;
  readonly onCaptions: () => void;
  readonly onHelp: () => void;
}

/**
 * The player's keys, wherever the focus is but in a field that uses them itself: space and K play, arrows 5 s and
 * volume, J and L 10 s, < > speed, 0 to 9 tenths, F full screen, M mute, C captions, B board, ? help.
 */
export function useShortcuts(engine: ReplayEngine, actions: ShortcutActions): void {
  const newest = useRef(actions);
  newest.current = actions;
  useEffect(() => {
    const snapshot = () => engine.getSnapshot();
    const keys = new Map<string, () => void>([
      [' ', () => engine.toggle()],
      ['k', () => engine.toggle()],
      ['arrowleft', () => engine.skip(-NUDGE_MS)],
      ['arrowright', () => engine.skip(NUDGE_MS)],
      ['arrowup', () => engine.setVolume(snapshot().volume + VOLUME_STEP)],
      ['arrowdown', () => engine.setVolume(snapshot().volume - VOLUME_STEP)],
      ['j', () => engine.skip(-SKIP_MS)],
      ['l', () => engine.skip(SKIP_MS)],
      ['<', () => engine.setRate(stepped(snapshot().rate, -1))],
      ['>', () => engine.setRate(stepped(snapshot().rate, 1))],
      ['f', () => newest.current.onFullscreen()],
      ['m', () => engine.setMuted(!snapshot().muted)],
      ['c', () => newest.current.onCaptions()],
      ['b', () => newest.current.onBoard()],
      ['?', () => newest.current.onHelp()],
    ]);
    for (let tenth = 0; tenth <= 9; tenth += 1)
      keys.set(String(tenth), () => engine.seekShown((snapshot().shownDurationMs * tenth) / 10));
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
      // What has the focus uses these itself: space presses a button, arrows go through tabs.
      if (event.key === ' ' && target.closest('button, a, summary')) return;
      if (event.key.startsWith('Arrow') && target.closest('[role=tablist], [role=dialog], dialog')) return;
      const act = keys.get(event.key.toLowerCase());
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [engine]);
}

/** The seek bar is no field to type in. */
const isTyping = (target: HTMLElement): boolean =>
  target.isContentEditable || target.closest('select, textarea, input:not([type=range])') !== null;
