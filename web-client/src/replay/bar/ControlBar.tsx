import {
  IconHelp,
  IconMaximize,
  IconPictureInPicture,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRewindBackward10,
  IconRewindForward10,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { measure } from '../../theme/tokens.ts';
import { join } from '../../ui/class-names.ts';
import { duration } from '../../ui/time.ts';
import type { ReplayEngine, ReplaySnapshot } from '../engine/replay-engine.ts';
import { SKIP_MS, SPEEDS } from '../use-shortcuts.ts';
import styles from './ControlBar.module.css';

interface Props {
  engine: ReplayEngine;
  snapshot: ReplaySnapshot;
  live: boolean;
  seekBar: ReactNode;
  viewPicker: ReactNode;
  onFullscreen: () => void;
  /** Null where the browser cannot. */
  onPictureInPicture: (() => void) | null;
  onHelp: () => void;
  /** More switches, of captions for one. */
  children?: ReactNode;
}

/** Everything a viewer does, below the pictures and never over them. */
export function ControlBar(props: Props) {
  const { engine, snapshot, live, seekBar, viewPicker, onFullscreen, onPictureInPicture, onHelp } = props;
  const { t } = useTranslation();
  const { playing, shownMs, shownDurationMs, muted } = snapshot;
  const icon = { size: measure.icon, 'aria-hidden': true };
  return (
    <div className={styles.bar}>
      {seekBar}
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
        <span className={styles.time} data-testid="replay-time">
          {t('replay.position', { at: duration(shownMs), total: duration(shownDurationMs) })}
        </span>
        {live && <LiveButtons engine={engine} snapshot={snapshot} />}
        <span className={styles.gap} />
        {viewPicker}
        {props.children}
        <SpeedField engine={engine} rate={snapshot.rate} />
        <QualityField engine={engine} snapshot={snapshot} />
        <button
          type="button"
          className={styles.button}
          aria-pressed={muted}
          onClick={() => engine.setMuted(!muted)}
        >
          {muted ? <IconVolumeOff {...icon} /> : <IconVolume {...icon} />}
          <span className={styles.word}>{t(muted ? 'replay.unmute' : 'replay.mute')}</span>
        </button>
        {onPictureInPicture && (
          <button
            type="button"
            className={join(styles.button, styles.optional)}
            title={t('replay.pictureInPicture')}
            onClick={onPictureInPicture}
          >
            <IconPictureInPicture {...icon} />
            <span className={styles.word}>{t('replay.pictureInPicture')}</span>
          </button>
        )}
        <button
          type="button"
          className={join(styles.button, styles.optional)}
          title={t('replay.fullscreen')}
          onClick={onFullscreen}
        >
          <IconMaximize {...icon} />
          <span className={styles.word}>{t('replay.fullscreen')}</span>
        </button>
        <button
          type="button"
          className={join(styles.button, styles.optional)}
          title={t('replay.help.title')}
          data-testid="replay-help"
          onClick={onHelp}
        >
          <IconHelp {...icon} />
          <span className={styles.word}>{t('replay.help.short')}</span>
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
