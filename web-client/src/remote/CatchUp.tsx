import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Replay } from '#protocol/rest.ts';
import { replayQuery } from '../api/queries.ts';
import { castOf, secondAt, separateVoices } from '../replay/cast.ts';
import { TrackAudio, TrackVideo } from '../replay/TrackMedia.tsx';
import { useReplayEngine } from '../replay/use-replay-engine.ts';
import { Button } from '../ui/Button.tsx';
import { MINUTE_MS } from '../ui/time.ts';
import styles from './CatchUp.module.css';

/** Fast enough to arrive, slow enough to follow. */
const RATE = 1.3;
/** The recording itself is some seconds behind: nearer than this it does not come. */
const ARRIVED_MS = 6_000;

interface Props {
  lessonId: string;
  /** Where to begin, lesson time in ms. */
  fromMs: number;
  /** Lesson time now, ms. */
  nowMs: number;
  /** Back to the live lesson: the room has arrived there, or wants to be there. */
  onLive: () => void;
}

/** The last minutes from the running recording, faster than they were, until the room is in the lesson again. */
export function CatchUp(props: Props) {
  const { t } = useTranslation();
  const { data: replay, error } = useQuery(replayQuery(props.lessonId));
  return (
    <section className={styles.veil} data-testid="catching-up">
      {replay && <Player {...props} replay={replay} />}
      {!replay && <p className={styles.waiting}>{t(error ? 'error.PLAYBACK_FAILED' : 'common.loading')}</p>}
      <Button kind="primary" className={styles.live} data-testid="back-to-live" onClick={props.onLive}>
        {t('remote.backToLive')}
      </Button>
    </section>
  );
}

function Player({ replay, fromMs, nowMs, onLive }: Props & { replay: Replay }) {
  const { t } = useTranslation();
  const { engine, snapshot } = useReplayEngine(replay, fromMs);
  const cast = castOf(replay);
  const second = secondAt(cast, snapshot.timeMs);
  useEffect(() => {
    engine.setRate(RATE);
    void engine.play();
  }, [engine]);
  const behindMs = Math.max(0, nowMs - snapshot.timeMs);
  const arrived = snapshot.started && behindMs < ARRIVED_MS;
  useEffect(() => {
    if (arrived) onLive();
  }, [arrived, onLive]);
  return (
    <>
      {cast.leader && (
        <TrackVideo
          engine={engine}
          playlist={cast.leader.playlist}
          label={t('remote.catchUp')}
          leader
          className={second ? styles.small : styles.large}
          testId="catch-up-video"
        />
      )}
      {second && (
        <TrackVideo
          key={second.trackId}
          engine={engine}
          playlist={second.playlist}
          label={t('stage.screen')}
          className={styles.large}
        />
      )}
      {separateVoices(cast, snapshot.leaderHasSound).map(({ trackId, playlist }) => (
        <TrackAudio key={trackId} engine={engine} playlist={playlist} />
      ))}
      <p className={styles.behind} role="status">
        {t('remote.behind', { minutes: Math.max(1, Math.ceil(behindMs / MINUTE_MS)), rate: RATE })}
      </p>
    </>
  );
}
