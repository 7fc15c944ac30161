import { useTranslation } from 'react-i18next';
import { join } from '../ui/class-names.ts';
import styles from './MicMeter.module.css';
import { useLevel } from './use-level.ts';

const STEPS = [0.02, 0.06, 0.12, 0.22, 0.4, 0.65];

/** How loud the microphone is, so that a dead one is seen before anybody asks "can you hear me?". */
export function MicMeter({ stream }: { stream: MediaStream | null }) {
  const { t } = useTranslation();
  const level = useLevel(stream);
  return (
    <div className={styles.meter}>
      <meter className={styles.spoken} aria-label={t('presenter.micLevel')} min={0} max={1} value={level} />
      {STEPS.map((step) => (
        <span key={step} className={join(styles.step, level >= step && styles.lit)} />
      ))}
    </div>
  );
}
