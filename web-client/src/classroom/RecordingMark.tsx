import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { recordedMs } from '../desk/recorded.ts';
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
  const held = live.directing.heldAt !== null;
  const trouble = recording.trouble !== null;
  return (
    <span
      className={join(styles.mark, (trouble || held) && styles.trouble)}
      data-testid="recording"
      data-state={held ? 'held' : trouble ? 'trouble' : 'on'}
    >
      <span className={styles.dot} />
      {t(held ? 'desk.mood.held' : trouble ? 'stage.recordingTrouble' : 'stage.recording')}
      <span>{duration(recordedMs(live, now))}</span>
    </span>
  );
}
