import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import type { RoomScreen } from '#protocol/room-screen.ts';
import { clockTime, longDate, MINUTE_MS } from '../ui/time.ts';
import { topicOf } from '../ui/topic-of.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './RoomPage.module.css';

const HOUR_MINUTES = 60;

interface Props {
  screen: RoomScreen;
  next: Lesson | null;
  now: number;
}

/** While no bell is near: what comes next and when; on an empty day, on which day. */
export function Quiet({ screen, next, now }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (next) {
    const left = Math.ceil((next.plannedStart - now) / MINUTE_MS);
    const hours = Math.floor(left / HOUR_MINUTES);
    const minutes = left % HOUR_MINUTES;
    return (
      <div className={styles.quiet} data-testid="room-quiet">
        <p className={styles.lead}>{t('room.next', { time: clockTime(next.plannedStart, language) })}</p>
        <p className={styles.big}>
          <span className={styles.subject}>{next.subject}</span> {topicOf(next)}
        </p>
        <p className={styles.lead}>
          {hours > 0 ? t('room.inHours', { hours, minutes }) : t('room.inMinutes', { minutes })}
        </p>
      </div>
    );
  }
  const later = screen.next;
  return (
    <div className={styles.quiet} data-testid="room-quiet">
      <p className={styles.big}>{t(screen.lessons.length > 0 ? 'room.doneToday' : 'room.emptyDay')}</p>
      <p className={styles.lead}>
        {later
          ? t('room.nextDay', {
              date: longDate(later.plannedStart, language),
              time: clockTime(later.plannedStart, language),
              subject: later.subject,
            })
          : t('room.nothingPlanned')}
      </p>
    </div>
  );
}
