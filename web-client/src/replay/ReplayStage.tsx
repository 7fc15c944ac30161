import { IconPlayerPlayFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplayTrack } from '#protocol/rest.ts';
import { measure } from '../theme/tokens.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { join } from '../ui/class-names.ts';
import { duration } from '../ui/time.ts';
import { useElapsed } from '../ui/use-elapsed.ts';
import { type Cast, separateVoices } from './cast.ts';
import type { ReplayEngine, ReplaySnapshot } from './engine/replay-engine.ts';
import styles from './ReplayStage.module.css';
import { StageCell } from './StageCell.tsx';
import { StageCover } from './StageCover.tsx';
import { TrackAudio, TrackVideo } from './TrackMedia.tsx';
import { useLingering } from './use-lingering.ts';
import { useNarrow } from './use-narrow.ts';
import { useTrackName } from './use-track-name.ts';
import { BOARD, holeAt, type Picture, rectsOf } from './view.ts';

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
  tracks: readonly ReplayTrack[];
  picture: Picture;
  /** The board's pages and ink, for where the picture has them. */
  board: ReactNode;
  live: boolean;
  epochMs: number;
  resumedAtMs: number | null;
  onFullscreen: () => void;
  /** What lies over the pictures: captions, chips. */
  children?: ReactNode;
}

/** The pictures. A change of layout moves the elements and never reloads them. */
export function ReplayStage(props: Props) {
  const { engine, snapshot, cast, tracks, picture, board, live, epochMs, resumedAtMs, children } = props;
  const { t } = useTranslation();
  const nameOf = useTrackName();
  const rects = rectsOf(picture, useNarrow());
  const mounted = useLingering(picture.sources);
  const { leader } = cast;
  const { started, ended, buffering, trouble, timeMs } = snapshot;
  const several = picture.sources.length > 1;
  // In one order whatever is shown, so that nothing is loaded anew when its place changes.
  const shown = tracks.filter((track) => track === leader || mounted.includes(track.trackId));
  const placeOf = (source: string) => picture.sources.indexOf(source);
  return (
    <div className={styles.stage} data-testid="replay-stage">
      <div className={styles.pictures} data-layout={picture.layout} data-sources={picture.sources.join(' ')}>
        {shown
          .filter((track) => track === leader || track.kind === 'video')
          .map((track) => (
            <StageCell
              key={track.trackId}
              rect={rects[placeOf(track.trackId)] ?? null}
              place={placeOf(track.trackId)}
              name={several ? nameOf(track) : null}
              hole={holeAt(track, timeMs, live)}
              epochMs={epochMs}
            >
              <TrackVideo
                engine={engine}
                playlist={track.playlist}
                label={nameOf(track)}
                leader={track === leader}
                className={styles.video}
                testId={testIdOf(track, cast)}
              />
            </StageCell>
          ))}
        {mounted.includes(BOARD) && (
          <StageCell
            rect={rects[placeOf(BOARD)] ?? null}
            place={placeOf(BOARD)}
            name={null}
            hole={undefined}
            epochMs={epochMs}
          >
            {board}
          </StageCell>
        )}
      </div>
      {separateVoices(cast, snapshot.leaderHasSound).map(({ trackId, playlist }) => (
        <TrackAudio key={trackId} engine={engine} playlist={playlist} />
      ))}
      {children}
      {started && !ended && <StageCover engine={engine} onFullscreen={props.onFullscreen} />}
      {!started && <Start engine={engine} resumedAtMs={resumedAtMs} />}
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

function testIdOf(track: ReplayTrack, { leader, seconds }: Cast): string | undefined {
  if (track === leader) return 'replay-main';
  return seconds.includes(track) ? 'replay-second' : 'replay-room';
}

function Start({ engine, resumedAtMs }: Pick<Props, 'engine' | 'resumedAtMs'>) {
  const { t } = useTranslation();
  return (
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
              engine.seekShown(0);
              void engine.play();
            }}
          >
            {t('replay.fromStart')}
          </Button>
        </>
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
