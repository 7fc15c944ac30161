import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Replay } from '#protocol/rest.ts';
import { ReplayEngine, type ReplaySnapshot } from './engine/replay-engine.ts';
import { recordingsOf } from './recordings.ts';
import { rememberPosition } from './resume.ts';

const REMEMBER_MS = 5_000;
/** When addresses have run out (the machine was asleep) every track notices; one question is enough. */
const ASK_AGAIN_MS = 5_000;

/**
 * The engine of one replay page, and what it does now.
 * @param startAtMs on the time that is shown
 */
export function useReplayEngine(
  replay: Replay,
  startAtMs: number | 'live',
): { engine: ReplayEngine; snapshot: ReplaySnapshot } {
  const client = useQueryClient();
  const [engine] = useState(() => {
    let asked = 0;
    return new ReplayEngine({
      recordingId: replay.recordingId,
      clips: replay.clips,
      startAtMs,
      live: replay.live,
      durationMs: replay.durationMs,
      onStale: () => {
        if (Date.now() - asked < ASK_AGAIN_MS) return;
        asked = Date.now();
        void client.invalidateQueries({ queryKey: ['replay'] });
        void client.invalidateQueries({ queryKey: ['resource-replay'] });
        void client.invalidateQueries({ queryKey: ['resource-files'] });
      },
    });
  });
  const snapshot = useSyncExternalStore(engine.subscribe, engine.getSnapshot);
  useEffect(() => {
    const tracks = recordingsOf(replay).flatMap((recording) => recording.tracks);
    engine.know({ live: replay.live, durationMs: replay.durationMs, tracks });
  }, [engine, replay]);
  const key = replay.resourceId ?? replay.lessonId;
  useEffect(() => {
    const timer = setInterval(() => {
      const { started, shownMs } = engine.getSnapshot();
      if (started) rememberPosition(key, shownMs);
    }, REMEMBER_MS);
    return () => clearInterval(timer);
  }, [engine, key]);
  useEffect(() => () => engine.close(), [engine]);
  return { engine, snapshot };
}
