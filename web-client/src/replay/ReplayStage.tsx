import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReplayTrack } from '#protocol/rest.ts';
import { measure } from '../theme/tokens.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { join } from '../ui/class-names.ts';
import { duration } from '../ui/time.ts';
import { useElapsed } from '../ui/use-elapsed.ts';
import { arrange, type Cast, type Layout, separateVoices } from './cast.ts';
import type { ReplayEngine, ReplaySnapshot } from './engine/replay-engine.ts';
import styles from './ReplayStage.module.css';
import { TrackAudio, TrackVideo } from './TrackMedia.tsx';

const BUFFERING_SHOWN_MS = 600;
const TROUBLE = {
  network: 'replay.recovering',
  media: 'replay.mediaRecovering',
  failed: 'error.PLAYBACK_FAILED',
} as const;

interface Props {
  engine: ReplayEngine;
  snapshot: ReplaySnapshot;
  cast: Cast;
  second: ReplayTrack | null;
  layout: Layout;
  /** Pictures of the other rooms to show. */
  rooms: readonly ReplayTrack[];
  resumedAtMs: number | null;
  teacherName: string;
  organizationName: string;
}

/** The pictures. A change of layout moves the elements and never reloads them. */
export function ReplayStage({
  engine,
  snapshot,
  cast,
  second,
  layout,
  rooms,
  resumedAtMs,
  teacherName,
  organizationName,
}: Props) {
  const { t } = useTranslation();
  const { leader } = cast;
  const places = arrange(layout, second, snapshot.timeMs);
  // Where the teacher stands small at times, the place is hers all the time.
  const teacherPlace = layout === 'follow' && second !== null;
  const side = rooms.length > 0 || teacherPlace;
  const halves = places.face === 'left';
  const { started, ended, buffering, trouble } = snapshot;
  return (
    <div className={join(styles.stage, side && styles.withSide, halves && styles.halves)}>
      {leader && (
        <TrackVideo
          key={leader.trackId}
          engine={engine}
          playlist={leader.playlist}
          label={teacherName}
          leader
          className={join(styles.video, styles[places.face])}
          testId="replay-main"
        />
      )}
      {second && (
        <TrackVideo
          key={second.trackId}
          engine={engine}
          playlist={second.playlist}
          label={t(second.role === 'board' ? 'stage.board' : 'stage.screen')}
          className={join(styles.video, styles[places.second])}
          testId="replay-second"
        />
      )}
      {teacherPlace && places.face === 'large' && (
        <div className={styles.card}>
          <span>{teacherName}</span>
          <span className={styles.cardDetail}>{organizationName}</span>
        </div>
      )}
      {rooms.length > 0 && (
        <div className={join(styles.rooms, !teacherPlace && styles.roomsAlone)}>
          {rooms.map((room) => (
            <figure key={room.trackId} className={styles.room}>
              <TrackVideo
                engine={engine}
                playlist={room.playlist}
                label={room.participantName}
                className={styles.roomVideo}
              />
              <figcaption className={styles.roomName} title={room.participantName}>
                {room.participantName}
              </figcaption>
            </figure>
          ))}
        </div>
      )}
      {separateVoices(cast, snapshot.leaderHasSound).map(({ trackId, playlist }) => (
        <TrackAudio key={trackId} engine={engine} playlist={playlist} />
      ))}

      {started && !ended && (
        // A touch on the picture stops and goes on; the control bar has the same for keyboards.
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          className={styles.cover}
          onClick={() => engine.toggle()}
        />
      )}
      {!started && (
        <div className={join(styles.cover, styles.start)}>
          <button
            type="button"
            className={styles.big}
            data-testid="replay-play"
            aria-label={t('replay.play')}
            onClick={() => void engine.play()}
          >
            <IconPlayerPlayFilled size={measure.icon} aria-hidden="true" />
          </button>
          {resumedAtMs !== null && (
            <>
              <span className={styles.word}>{t('replay.resumed', { at: duration(resumedAtMs) })}</span>
              <Button
                className={styles.fromStart}
                onClick={() => {
                  engine.seek(0);
                  void engine.play();
                }}
              >
                {t('replay.fromStart')}
              </Button>
            </>
          )}
        </div>
      )}
      {ended && (
        <div className={join(styles.cover, styles.veiled)} data-testid="replay-ended">
          <span className={styles.endWord}>{t('replay.ended')}</span>
          <div className={styles.endActions}>
            <Button kind="primary" onClick={() => void engine.play()}>
              {t('replay.replayAgain')}
            </Button>
            <ButtonLink to="/">{t('common.backToToday')}</ButtonLink>
          </div>
        </div>
      )}
      {trouble ? (
        <p className={styles.note} role="status">
          {t(TROUBLE[trouble])}
        </p>
      ) : (
        started && buffering && <Buffering />
      )}
    </div>
  );
}

function Buffering() {
  const { t } = useTranslation();
  return useElapsed(BUFFERING_SHOWN_MS) ? (
    <p className={join(styles.note, styles.buffering)} role="status">
      {t('replay.buffering')}
    </p>
  ) : null;
}
