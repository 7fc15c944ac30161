import {
  IconMaximize,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRewindBackward10,
  IconRewindForward10,
  IconUsersGroup,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReplayTrack } from '#protocol/rest.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { duration } from '../ui/time.ts';
import styles from './ControlBar.module.css';
import type { Layout } from './cast.ts';
import type { CourseItem } from './course.ts';
import type { ReplayEngine, ReplaySnapshot } from './engine/replay-engine.ts';
import { SeekBar } from './SeekBar.tsx';
import { SKIP_MS, SPEEDS } from './use-shortcuts.ts';

const LAYOUTS: readonly Layout[] = ['follow', 'side', 'teacher', 'board'];

interface Props {
  engine: ReplayEngine;
  snapshot: ReplaySnapshot;
  live: boolean;
  leader: ReplayTrack | null;
  seconds: readonly ReplayTrack[];
  course: readonly CourseItem[];
  layout: Layout;
  onLayout: (layout: Layout) => void;
  /** The switch for the other rooms' pictures; null where there are none. */
  rooms: { shown: boolean; onToggle: () => void } | null;
  onFullscreen: () => void;
}

/** Everything a viewer does, below the pictures and never over them. */
export function ControlBar(props: Props) {
  const { engine, snapshot, live, leader, seconds, course, layout, onLayout, rooms, onFullscreen } = props;
  const { t } = useTranslation();
  const { playing, timeMs, durationMs, muted } = snapshot;
  const icon = { size: measure.icon, 'aria-hidden': true };
  return (
    <div className={styles.bar}>
      <SeekBar
        timeMs={timeMs}
        durationMs={durationMs}
        leader={leader}
        seconds={seconds}
        course={course}
        onSeek={(ms) => engine.seek(ms)}
      />
      <div className={styles.row}>
        <button
          type="button"
          className={join(styles.button, styles.play)}
          data-testid="replay-toggle"
          onClick={() => engine.toggle()}
        >
          {playing ? <IconPlayerPauseFilled {...icon} /> : <IconPlayerPlayFilled {...icon} />}
          {t(playing ? 'replay.pause' : 'replay.play')}
        </button>
        <button
          type="button"
          className={styles.button}
          aria-label={t('replay.back10')}
          title={t('replay.back10')}
          onClick={() => engine.skip(-SKIP_MS)}
        >
          <IconRewindBackward10 {...icon} />
        </button>
        <button
          type="button"
          className={styles.button}
          aria-label={t('replay.forward10')}
          title={t('replay.forward10')}
          onClick={() => engine.skip(SKIP_MS)}
        >
          <IconRewindForward10 {...icon} />
        </button>
        <span className={styles.time}>
          {t('replay.position', { at: duration(timeMs), total: duration(durationMs) })}
        </span>
        {live && <LiveButtons engine={engine} snapshot={snapshot} />}
        <span className={styles.gap} />
        {seconds.length > 0 && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are toggle buttons
          <span className={styles.layouts} role="group" aria-label={t('replay.layout')}>
            {LAYOUTS.map((choice) => (
              <button
                key={choice}
                type="button"
                className={styles.button}
                aria-pressed={choice === layout}
                data-testid={`layout-${choice}`}
                onClick={() => onLayout(choice)}
              >
                {t(`replay.layouts.${choice}`)}
              </button>
            ))}
          </span>
        )}
        {rooms && (
          <button type="button" className={styles.button} aria-pressed={rooms.shown} onClick={rooms.onToggle}>
            <IconUsersGroup {...icon} />
            {t('replay.rooms')}
          </button>
        )}
        <SpeedField engine={engine} rate={snapshot.rate} />
        <QualityField engine={engine} snapshot={snapshot} />
        <button
          type="button"
          className={styles.button}
          aria-pressed={muted}
          onClick={() => engine.setMuted(!muted)}
        >
          {muted ? <IconVolumeOff {...icon} /> : <IconVolume {...icon} />}
          {t(muted ? 'replay.unmute' : 'replay.mute')}
        </button>
        <button type="button" className={join(styles.button, styles.optional)} onClick={onFullscreen}>
          <IconMaximize {...icon} />
          <span className={styles.word}>{t('replay.fullscreen')}</span>
        </button>
      </div>
    </div>
  );
}

function LiveButtons({ engine, snapshot }: Pick<Props, 'engine' | 'snapshot'>) {
  const { t } = useTranslation();
  return (
    <>
      <button
        type="button"
        className={join(styles.button, styles.live)}
        aria-pressed={snapshot.atLiveEdge}
        data-testid="replay-live"
        onClick={() => engine.goLive()}
      >
        {t(snapshot.atLiveEdge ? 'replay.live' : 'replay.goLive')}
      </button>
      <button type="button" className={styles.button} onClick={() => engine.seek(0)}>
        {t('replay.fromStart')}
      </button>
    </>
  );
}

function SpeedField({ engine, rate }: { engine: ReplayEngine; rate: number }) {
  const { t } = useTranslation();
  return (
    <label className={styles.field}>
      <span className={styles.word}>{t('replay.speed')}</span>
      <select
        className={styles.select}
        value={rate}
        data-testid="replay-speed"
        onChange={(event) => engine.setRate(Number(event.target.value))}
      >
        {SPEEDS.map((speed) => (
          <option key={speed} value={speed}>
            {speed}×
          </option>
        ))}
      </select>
    </label>
  );
}

function QualityField({ engine, snapshot }: Pick<Props, 'engine' | 'snapshot'>) {
  const { t } = useTranslation();
  const { heights, height } = snapshot;
  if (heights.length < 2) return null;
  return (
    <label className={styles.field}>
      <span className={styles.word}>{t('replay.quality')}</span>
      <select
        className={styles.select}
        value={height ?? ''}
        data-testid="replay-quality"
        onChange={(event) => engine.setHeight(event.target.value === '' ? null : Number(event.target.value))}
      >
        <option value="">{t('replay.auto')}</option>
        {[...heights].reverse().map((rung) => (
          <option key={rung} value={rung}>
            {t('replay.rung', { height: rung })}
          </option>
        ))}
      </select>
    </label>
  );
}
