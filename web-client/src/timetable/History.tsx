import { useTranslation } from 'react-i18next';
import type { LessonChange } from '#protocol/timetable.ts';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './LessonDrawer.module.css';

/** What people did to a lesson, the newest first. */
export function History({ history }: { history: readonly LessonChange[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const at = (ms: unknown) =>
    typeof ms === 'number' ? `${longDate(ms, language)} ${clockTime(ms, language)}` : '';
  const words = ({ what, detail }: LessonChange): string => {
    switch (what) {
      case 'moved':
        return t('timetable.history.moved', { from: at(detail.from), to: at(detail.to) });
      case 'substituted':
        return detail.to
          ? t('timetable.history.substituted', { from: String(detail.from), to: String(detail.to) })
          : t('timetable.history.assistant', { name: String(detail.assistants ?? '') });
      case 'cancelled':
        return t('timetable.cancelledBecause', { reason: String(detail.reason) });
      case 'restored':
        return t('timetable.history.restored');
      case 'planned':
        return t('timetable.history.planned');
    }
  };
  return (
    <section>
      <h3 className={styles.head}>{t('timetable.history.title')}</h3>
      {history.length === 0 && <p className={styles.quiet}>{t('timetable.history.none')}</p>}
      <ol className={styles.list} data-testid="history">
        {history.toReversed().map((change) => (
          <li key={change.at}>
            {words(change)}
            <span className={styles.by}>
              {change.byName} · {at(change.at)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
