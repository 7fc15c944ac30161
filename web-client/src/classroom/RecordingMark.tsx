import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { join } from '../ui/class-names.ts';
import { duration } from '../ui/time.ts';
import styles from './RecordingMark.module.css';

/** Whether the lesson is being recorded, and for how long. */
export function RecordingMark({ live, now }: { live: LiveState; now: number }) {
  const { t } = useTranslation();
  const { recording } = live;
  if (!recording)
    return (
      <span className={join(styles.mark, styles.off)} data-testid="recording" data-state="off">
        <span className={styles.dot} />
        {t('stage.notRecording')}
      </span>
    );
  const trouble = recording.trouble !== null;
  return (
    <span
      className={join(styles.mark, trouble && styles.trouble)}
      data-testid="recording"
      data-state={trouble ? 'trouble' : 'on'}
    >
      <span className={styles.dot} />
      {t(trouble ? 'stage.recordingTrouble' : 'stage.recording')}
      <span>{duration(now - recording.epochMs)}</span>
    </span>
  );
}
