import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import type { RoomLesson } from '#protocol/room-screen.ts';
import { Button } from '../ui/Button.tsx';
import { join } from '../ui/class-names.ts';
import { clockTime } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { isOver, wasMissed } from './current-lesson.ts';
import styles from './TodayStrip.module.css';

interface Props {
  lessons: readonly RoomLesson[];
  /** The one that fills the screen already. */
  main: RoomLesson | null;
  now: number;
  onEnter(lesson: Lesson): void;
}

/** Today's lessons of the room along the lower edge. */
export function TodayStrip({ lessons, main, now, onEnter }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (lessons.length === 0) return null;
  return (
    <nav className={styles.strip} aria-label={t('today.title')}>
      {lessons.map((one) => {
        const { lesson } = one;
        const over = isOver(lesson) || wasMissed(lesson, now);
        return (
          <div
            key={lesson.lessonId}
            className={join(styles.lesson, one === main && styles.main, over && styles.over)}
          >
            <span className={styles.time}>{clockTime(lesson.plannedStart, language)}</span>
            <span className={styles.subject}>{lesson.subject}</span>
            <span className={styles.word}>
              {wasMissed(lesson, now) ? t('room.missed') : t(`today.state.${lesson.state}`)}
            </span>
            {!over && one !== main && (
              <Button data-testid={`enter-${lesson.lessonId}`} onClick={() => onEnter(lesson)}>
                {t('room.enterEarly')}
              </Button>
            )}
          </div>
        );
      })}
    </nav>
  );
}
