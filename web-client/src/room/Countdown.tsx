import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import { duration, MINUTE_MS } from '../ui/time.ts';
import { isRunning } from './current-lesson.ts';
import styles from './LessonNow.module.css';

/** To the bell that begins the lesson, to the second; once it runs, to the one that ends it, in minutes. */
export function Countdown({ lesson, now }: { lesson: Lesson; now: number }) {
  const { t } = useTranslation();
  const toStart = lesson.plannedStart - now;
  if (toStart > 0)
    return <strong className={styles.countdown}>{t('room.toBell', { time: duration(toStart) })}</strong>;
  if (!isRunning(lesson)) return <strong className={styles.countdown}>{t('stage.startNow')}</strong>;
  const minutes = Math.ceil((lesson.plannedEnd - now) / MINUTE_MS);
  return (
    <strong className={styles.countdown}>
      {minutes > 0 ? t('stage.toBell', { minutes }) : t('stage.pastBell')}
    </strong>
  );
}
