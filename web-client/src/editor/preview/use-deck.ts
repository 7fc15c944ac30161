import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { clipAt } from '#protocol/edit-clips.ts';
import type { Id } from '#protocol/ids.ts';
import type { Programme } from '#protocol/programme.ts';
import { ReplayEngine, type ReplaySnapshot } from '../../replay/engine/replay-engine.ts';
import type { Source } from '../state/use-sources.ts';

/** A moment of one of the recordings, lesson time. */
export interface Moment {
  readonly recordingId: Id;
  readonly ms: number;
}

/** One recording in the player. Another recording is another deck. */
export interface Deck {
  readonly recordingId: Id;
  readonly engine: ReplayEngine;
  /** Goes on playing as soon as it has its pictures. */
  readonly plays: boolean;
}

const open = (source: Source, ms: number, plays: boolean): Deck => ({
  recordingId: source.recordingId,
  plays,
  engine: new ReplayEngine({
    recordingId: source.recordingId,
    startAtMs: Math.max(0, ms),
    live: false,
    durationMs: source.durationMs,
  }),
});

/** As much before a clip's end it jumps: the player needs a moment to stop. */
const EARLY_MS = 40;

export interface Preview {
  readonly deck: Deck;
  readonly snapshot: ReplaySnapshot;
  /** Where it stands, lesson time. */
  readonly at: Moment;
  go(to: Moment): void;
  step(ms: number): void;
  toggle(): void;
}

/** Plays what is edited: from clip to clip as it will be shown; what was cut out plays only for who goes there. */
export function usePreview(sources: readonly Source[], programme: Programme, opening: Moment): Preview {
  const [deck, setDeck] = useState(() => open(sources[0]!, opening.ms, false));
  const snapshot = useSyncExternalStore(deck.engine.subscribe, deck.engine.getSnapshot);
  const newest = useRef({ sources, programme, deck });
  newest.current = { sources, programme, deck };

  const go = useCallback((to: Moment, plays = false) => {
    const { deck: now, sources: known } = newest.current;
    if (to.recordingId === now.recordingId) {
      now.engine.seek(to.ms);
      return;
    }
    const source = known.find(({ recordingId }) => recordingId === to.recordingId);
    if (!source) return;
    now.engine.pause();
    setDeck(open(source, to.ms, plays));
  }, []);

  const replay = sources.find(({ recordingId }) => recordingId === deck.recordingId)?.replay;
  useEffect(() => {
    if (replay) deck.engine.know(replay);
  }, [deck, replay]);

  useEffect(() => {
    if (deck.plays) void deck.engine.play();
    return () => deck.engine.close();
  }, [deck]);

  const { playing } = snapshot;
  useEffect(() => {
    if (!playing) return;
    let inClip = -1;
    let frame = requestAnimationFrame(function look() {
      frame = requestAnimationFrame(look);
      const { programme: shown, deck: now } = newest.current;
      const ms = now.engine.nowMs;
      const index = clipAt(shown, now.recordingId, ms);
      const clip = shown.clips[inClip];
      const isOver =
        clip?.recordingId === now.recordingId && ms >= clip.toMs - EARLY_MS && ms < clip.toMs + 1_000;
      if (!isOver) {
        inClip = index;
        return;
      }
      const next = shown.clips[inClip + 1];
      if (!next) {
        inClip = -1;
        now.engine.pause();
      } else if (next.recordingId === now.recordingId && Math.abs(next.fromMs - clip.toMs) < 1) {
        inClip += 1;
      } else {
        inClip += 1;
        go({ recordingId: next.recordingId, ms: next.fromMs }, true);
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, go]);

  const at = { recordingId: deck.recordingId, ms: snapshot.timeMs };
  return {
    deck,
    snapshot,
    at,
    go: useCallback((to) => go(to), [go]),
    step: useCallback((ms) => {
      const { deck: now } = newest.current;
      now.engine.pause();
      now.engine.seek(Math.max(0, now.engine.getSnapshot().timeMs + ms));
    }, []),
    toggle: useCallback(() => newest.current.deck.engine.toggle(), []),
  };
}
