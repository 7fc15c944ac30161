import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Replay } from '#protocol/rest.ts';
import { ReplayEngine, type ReplaySnapshot } from './engine/replay-engine.ts';
import { rememberPosition } from './resume.ts';

const REMEMBER_MS = 5_000;

/** The engine of one replay page, and what it does now. */
export function useReplayEngine(
  replay: Replay,
  startAtMs: number | 'live',
): { engine: ReplayEngine; snapshot: ReplaySnapshot } {
  const [engine] = useState(
    () =>
      new ReplayEngine({
        recordingId: replay.recordingId,
        startAtMs,
        live: replay.live,
        durationMs: replay.durationMs,
      }),
  );
  const snapshot = useSyncExternalStore(engine.subscribe, engine.getSnapshot);
  useEffect(() => engine.know(replay), [engine, replay]);
  useEffect(() => {
    const timer = setInterval(() => {
      const { started, timeMs } = engine.getSnapshot();
      if (started) rememberPosition(replay.lessonId, timeMs);
    }, REMEMBER_MS);
    return () => clearInterval(timer);
  }, [engine, replay.lessonId]);
  useEffect(() => () => engine.close(), [engine]);
  return { engine, snapshot };
}
