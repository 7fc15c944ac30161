import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Replay } from '#protocol/rest.ts';
import { openingOf } from '../../replay/cast.ts';
import { ReplayEngine, type ReplaySnapshot } from '../../replay/engine/replay-engine.ts';

export interface EditorPlayer {
  engine: ReplayEngine;
  snapshot: ReplaySnapshot;
  /** Plays from one moment to another, and stops there. */
  playBetween: (fromMs: number, toMs: number) => void;
  /** Stands still at a moment, or goes on playing there. */
  goTo: (ms: number) => void;
  toggle: () => void;
}

/** The replay beside the captions. Where one listens here is nobody's progress. */
export function useEditorPlayer(replay: Replay): EditorPlayer {
  const [engine] = useState(() => {
    const { recordingId, durationMs } = replay;
    return new ReplayEngine({ recordingId, startAtMs: openingOf(replay), live: false, durationMs });
  });
  // Addresses run out; the newest are asked for as long as the page is open.
  useEffect(() => engine.know(replay), [engine, replay]);
  const snapshot = useSyncExternalStore(engine.subscribe, engine.getSnapshot);
  const stopAt = useRef<number | null>(null);
  const { timeMs } = snapshot;
  useEffect(() => {
    if (stopAt.current === null || timeMs < stopAt.current) return;
    stopAt.current = null;
    engine.pause();
  }, [engine, timeMs]);
  useEffect(() => () => engine.close(), [engine]);
  return {
    engine,
    snapshot,
    playBetween(fromMs, toMs) {
      engine.seek(fromMs);
      stopAt.current = toMs;
      void engine.play();
    },
    goTo(ms) {
      stopAt.current = null;
      engine.seek(ms);
    },
    toggle() {
      stopAt.current = null;
      engine.toggle();
    },
  };
}
