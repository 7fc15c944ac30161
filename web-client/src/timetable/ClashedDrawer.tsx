import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { clockOf } from '#protocol/calendar.ts';
import type { ClashedLesson } from '#protocol/clashes.ts';
import { measure } from '../theme/tokens.ts';
import styles from './ClashedDrawer.module.css';
import { ClashItems } from './ClashList.tsx';
import { useDayWords } from './use-day-words.ts';

interface Props {
  lessons: readonly ClashedLesson[];
  school: string;
  onOpen: (lesson: ClashedLesson) => void;
  onClose: () => void;
}

/** The school's lessons that clash, of all weeks to come: each leads to where it stands. */
export function ClashedDrawer({ lessons, school, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { weekday, date } = useDayWords();
  return (
    <Drawer open title={t('timetable.clash.listTitle')} size={measure.adminDrawer} onClose={onClose}>
      <p className={styles.hint}>{t('timetable.clash.listHint')}</p>
      {lessons.length === 0 && <p>{t('timetable.clash.gone')}</p>}
      <ul className={styles.list} data-testid="clashed">
        {lessons.map((lesson) => (
          <li key={lesson.lessonId}>
            <button type="button" className={styles.lesson} onClick={() => onOpen(lesson)}>
              <span className={styles.when}>
                {date(lesson.day)} {weekday(new Date(`${lesson.day}T00:00:00Z`).getUTCDay() || 7)}{' '}
                {clockOf(lesson.startsMinute)}
              </span>{' '}
              <strong>{lesson.subject}</strong> {lesson.who}
              <ClashItems clashes={lesson.clashes} school={school} />
            </button>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
