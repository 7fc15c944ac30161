import { useTranslation } from 'react-i18next';
import type { LocalLesson } from '#protocol/local-lessons.ts';
import styles from './WeekGrid.module.css';

/** A school's own lessons in a cell, paler than the shared ones; of a whole school only how many. */
export function LocalChips({ locals, narrowed }: { locals: readonly LocalLesson[]; narrowed: boolean }) {
  const { t } = useTranslation();
  if (locals.length === 0) return null;
  if (!narrowed)
    return (
      <span
        className={styles.localCount}
        title={locals.map(({ classGroup, subject }) => `${classGroup.name} ${subject}`).join('\n')}
      >
        {t('timetable.localCount', { count: locals.length })}
      </span>
    );
  return locals.map(({ localLessonId, subject, classGroup, teacher }) => (
    <span key={localLessonId} className={styles.local}>
      <span className={styles.subject}>{subject}</span>
      <span className={styles.line}>{[classGroup.name, teacher?.name].filter(Boolean).join(' · ')}</span>
    </span>
  ));
}
