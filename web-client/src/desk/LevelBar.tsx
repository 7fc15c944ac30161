import { useTranslation } from 'react-i18next';
import { useLevel } from '../presenter/use-level.ts';
import { join } from '../ui/class-names.ts';
import styles from './LevelBar.module.css';

/** Steps of the meter, peak 0 to 1; the last two say that it is too loud. */
const STEPS = [0.01, 0.02, 0.04, 0.08, 0.14, 0.22, 0.34, 0.5, 0.7, 0.9];
const HOT = 0.7;

/** How loud one microphone is. */
export function LevelBar({ stream, name }: { stream: MediaStream | null; name: string }) {
  const { t } = useTranslation();
  const level = useLevel(stream);
  return (
    <div className={styles.bar}>
      <meter
        className={styles.spoken}
        aria-label={t('desk.level', { name })}
        data-testid="level"
        min={0}
        max={1}
        value={level}
      />
      {STEPS.map((step) => (
        <span
          key={step}
          className={join(styles.step, level >= step && (step >= HOT ? styles.hot : styles.lit))}
        />
      ))}
    </div>
  );
}
