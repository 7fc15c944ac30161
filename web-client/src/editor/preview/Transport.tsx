import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { measure } from '../../theme/tokens.ts';
import { duration } from '../../ui/time.ts';
import styles from './Transport.module.css';
import type { Preview } from './use-deck.ts';

const SPEEDS = [1, 1.5, 2, 3];
/** A recorded picture's length, near enough for every camera, ms. */
export const FRAME_MS = 40;

interface Props {
  preview: Preview;
  /** Where the finished film stands, ms; null in what was cut out. */
  filmMs: number | null;
  filmLengthMs: number;
}

/** Below the picture: play, single pictures, where it stands. */
export function Transport({ preview, filmMs, filmLengthMs }: Props) {
  const { t } = useTranslation();
  const { deck, snapshot } = preview;
  const { playing, muted, rate, timeMs } = snapshot;
  const icon = { size: measure.icon, 'aria-hidden': true };
  return (
    <div className={styles.bar}>
      <button
        type="button"
        className={styles.button}
        aria-label={t('editor.preview.frameBack')}
        onClick={() => preview.step(-FRAME_MS)}
      >
        <IconChevronLeft {...icon} />
      </button>
      <button
        type="button"
        className={styles.play}
        data-testid="edit-play"
        aria-label={t(playing ? 'replay.pause' : 'replay.play')}
        onClick={preview.toggle}
      >
        {playing ? <IconPlayerPauseFilled {...icon} /> : <IconPlayerPlayFilled {...icon} />}
      </button>
      <button
        type="button"
        className={styles.button}
        aria-label={t('editor.preview.frameOn')}
        onClick={() => preview.step(FRAME_MS)}
      >
        <IconChevronRight {...icon} />
      </button>
      <span className={styles.time} data-testid="film-time">
        <strong>{filmMs === null ? '–:––' : duration(filmMs)}</strong> / {duration(filmLengthMs)}
      </span>
      <span className={styles.lesson}>{t('editor.preview.lessonTime', { at: duration(timeMs) })}</span>
      <span className={styles.gap} />
      <label className={styles.speed}>
        <span>{t('replay.speed')}</span>
        <select value={rate} onChange={(event) => deck.engine.setRate(Number(event.target.value))}>
          {SPEEDS.map((speed) => (
            <option key={speed} value={speed}>
              {speed}×
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className={styles.button}
        aria-label={t(muted ? 'replay.unmute' : 'replay.mute')}
        onClick={() => deck.engine.setMuted(!muted)}
      >
        {muted ? <IconVolumeOff {...icon} /> : <IconVolume {...icon} />}
      </button>
    </div>
  );
}
