import { useEffect, useRef } from 'react';
import { type ProgressReport, REPORT_EVERY_MS } from '#protocol/progress.ts';
import { notesApi } from '../notes-api.ts';
import { WatchedTime } from './watched-time.ts';

const LOOK_MS = 1_000;

/** What a player does now, in the time that it shows. */
export interface Playing {
  shownMs: number;
  shownDurationMs: number;
  started: boolean;
  playing: boolean;
  rate: number;
}

/**
 * Tells the platform how far this account has watched: every ten seconds while it plays, when it stops, and when the
 * page goes away. What does not arrive is told the next time.
 * @param path null: nobody is signed in, or the lesson is still running.
 */
export function useProgressReports(path: string | null, now: () => Playing): void {
  const player = useRef(now);
  player.current = now;
  useEffect(() => {
    if (path === null) return;
    const watched = new WatchedTime();
    let toldAtMs: number | null = null;
    const report = (): ProgressReport | null => {
      const { started, shownMs, shownDurationMs: durationMs } = player.current();
      if (!started || Math.round(shownMs) === toldAtMs) return null;
      toldAtMs = Math.round(shownMs);
      return { positionMs: toldAtMs, watchedMs: Math.round(watched.take()), durationMs };
    };
    const look = setInterval(() => {
      const { shownMs, playing, rate } = player.current();
      watched.look(shownMs, playing, rate);
    }, LOOK_MS);
    const tell = setInterval(() => {
      const body = report();
      if (body) notesApi.reportProgress(path, body).catch(() => watched.giveBack(body.watchedMs));
    }, REPORT_EVERY_MS);
    const onLeave = () => {
      const body = report();
      // A page that goes away is not asked for an answer.
      if (body)
        navigator.sendBeacon(
          `${path}/progress`,
          new Blob([JSON.stringify(body)], { type: 'application/json' }),
        );
    };
    const onHidden = () => document.visibilityState === 'hidden' && onLeave();
    addEventListener('pagehide', onLeave);
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      clearInterval(look);
      clearInterval(tell);
      removeEventListener('pagehide', onLeave);
      document.removeEventListener('visibilitychange', onHidden);
      onLeave();
    };
  }, [path]);
}
