import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipState } from '#protocol/board.ts';
import { platformNow } from '../../api/clock.ts';
import type { LessonSession, LessonSnapshot } from '../../lesson/session.ts';
import { measure } from '../../theme/tokens.ts';
import { maySteerBoard } from '../may-draw.ts';
import { correction, positionAt } from './clip-sync.ts';
import styles from './PageSource.module.css';

/** How often a player is compared with the server's clock. */
const COMPARE_MS = 250;
const STILL: ClipState = { playing: false, positionMs: 0, at: 0 };

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
  pageId: string;
  url: string;
}

/** A short film that plays in step in all rooms: each follows the server's clock. The teacher's side steers it. */
export function ClipView({ session, snapshot, pageId, url }: Props) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [mute, setMute] = useState(false);
  const [blocked, setBlocked] = useState(false);
  const [positionMs, setPositionMs] = useState(0);
  const [durationMs, setDurationMs] = useState(0);
  /** Where the hand on the slider is, before it is let go. */
  const [dragged, setDragged] = useState<number | null>(null);
  const clip = snapshot.live.board.clips.get(pageId) ?? STILL;
  const offset = useRef(snapshot.clockOffsetMs);
  offset.current = snapshot.clockOffsetMs;
  const steers = maySteerBoard(snapshot.me);

  useEffect(() => {
    const player = video.current;
    if (!player) return;
    const compare = () => {
      if (player.readyState < HTMLMediaElement.HAVE_METADATA || player.seeking) return;
      const length = player.duration * 1000;
      const should = Math.min(length, positionAt(clip, platformNow() + offset.current));
      const plays = clip.playing && should < length;
      const fix = correction(player.currentTime * 1000, should, plays);
      player.playbackRate = fix.kind === 'rate' ? fix.rate : 1;
      if (fix.kind === 'seek') player.currentTime = fix.toMs / 1000;
      if (plays && player.paused)
        player.play().catch((error: DOMException) => {
          // Sound before anybody touched the page: it plays mute until somebody does.
          if (error.name === 'NotAllowedError') setBlocked(true);
        });
      if (!plays && !player.paused) player.pause();
      setPositionMs(should);
    };
    compare();
    const timer = setInterval(compare, COMPARE_MS);
    return () => clearInterval(timer);
  }, [clip]);

  useEffect(() => {
    if (blocked) setMute(true);
  }, [blocked]);

  const ended = durationMs > 0 && positionMs >= durationMs;
  const plays = clip.playing && !ended;
  const steer = (type: 'clip.play' | 'clip.pause' | 'clip.seek', to: number) =>
    void session.act(type, { pageId, positionMs: Math.max(0, to) }).catch(() => {});
  const letGo = () => {
    if (dragged !== null) steer('clip.seek', dragged);
    setDragged(null);
  };
  const toggle = async () => {
    if (plays) return steer('clip.pause', positionMs);
    // After its end it still counts as playing: stop it before it begins again.
    if (clip.playing) await session.act('clip.pause', { pageId, positionMs: 0 }).catch(() => {});
    steer('clip.play', ended ? 0 : positionMs);
  };
  return (
    <>
      <video
        ref={video}
        className={styles.source}
        src={url}
        muted={mute}
        playsInline
        preload="auto"
        data-testid="board-clip"
        data-playing={plays}
        onLoadedMetadata={(event) => setDurationMs(event.currentTarget.duration * 1000)}
      />
      {blocked && mute && (
        <button type="button" className={styles.unmute} onClick={() => setMute(false)}>
          {t('stage.soundOn')}
        </button>
      )}
      {steers && (
        <div className={styles.controls}>
          <button
            type="button"
            className={styles.play}
            data-testid="clip-toggle"
            onClick={() => void toggle()}
          >
            {plays ? (
              <IconPlayerPause size={measure.icon} aria-hidden="true" />
            ) : (
              <IconPlayerPlay size={measure.icon} aria-hidden="true" />
            )}
            {t(plays ? 'board.clipPause' : 'board.clipPlay')}
          </button>
          <input
            type="range"
            className={styles.seek}
            aria-label={t('board.clipSeek')}
            min={0}
            max={Math.max(1, Math.round(durationMs))}
            step={100}
            value={Math.round(dragged ?? positionMs)}
            onChange={(event) => setDragged(Number(event.currentTarget.value))}
            onPointerUp={letGo}
            onKeyUp={letGo}
          />
        </div>
      )}
    </>
  );
}
