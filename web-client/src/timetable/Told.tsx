import { useTranslation } from 'react-i18next';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './LessonDrawer.module.css';

/** When somebody was told of the last change, and whether they have read it. */
export function Told({ at, readAt }: { at: number; readAt: number | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const when = (ms: number) => `${longDate(ms, language)} ${clockTime(ms, language)}`;
  return (
    <span className={styles.by} data-testid="told" data-read={readAt !== null}>
      {t('timetable.told', { when: when(at) })} ·{' '}
      {readAt === null ? (
        <strong className={styles.waiting}>{t('timetable.unread')}</strong>
      ) : (
        t('timetable.read', { when: when(readAt) })
      )}
    </span>
  );
}
