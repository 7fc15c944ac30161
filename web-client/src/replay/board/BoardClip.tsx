import { useEffect, useRef, useState } from 'react';
import { correction, positionAt } from '../../board/source/clip-sync.ts';
import type { ReplayEngine } from '../engine/replay-engine.ts';
import type { BoardHistory } from '../history/board-history.ts';
import styles from './ReplayBoard.module.css';

/** How often a clip is compared with the lesson's time. */
const COMPARE_MS = 250;
const STILL = { playing: false, positionMs: 0, at: 0 };

interface Props {
  board: BoardHistory;
  engine: ReplayEngine;
  pageId: string;
  /** Where it is read now; a signed address runs out while a long clip plays. */
  address: () => string;
}

/** A short film on a page, played, paused and sought as the teacher did it then. */
export function BoardClip({ board, engine, pageId, address }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [source, setSource] = useState(address);
  useEffect(() => {
    const player = video.current;
    if (!player) return;
    const compare = () => {
      const { playing, rate, muted, volume } = engine.getSnapshot();
      player.muted = muted;
      player.volume = volume;
      if (player.readyState < HTMLMediaElement.HAVE_METADATA || player.seeking) return;
      const now = engine.nowMs;
      const clip = board.at(now).clips.get(pageId) ?? STILL;
      const lengthMs = player.duration * 1000;
      const should = Math.min(lengthMs, positionAt(clip, now));
      const plays = playing && clip.playing && should < lengthMs;
      const fix = correction(player.currentTime * 1000, should, plays);
      player.playbackRate = rate * (fix.kind === 'rate' ? fix.rate : 1);
      if (fix.kind === 'seek') player.currentTime = fix.toMs / 1000;
      if (plays && player.paused) void player.play().catch(() => {});
      if (!plays && !player.paused) player.pause();
    };
    compare();
    const timer = setInterval(compare, COMPARE_MS);
    return () => clearInterval(timer);
  }, [board, engine, pageId]);
  return (
    // biome-ignore lint/a11y/useMediaCaption: a teacher's own clip has none
    <video
      ref={video}
      className={styles.layer}
      src={source}
      onError={() => setSource(address())}
      playsInline
      preload="auto"
      data-testid="board-clip"
    />
  );
}
