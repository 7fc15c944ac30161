import { IconCalendarEvent } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LessonStanding } from '#protocol/notice.ts';
import type { RoomNews } from '#protocol/room-screen.ts';
import type { Language } from '../i18n/index.ts';
import { clockTime, longDate, midnight } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './RoomPage.module.css';

/** What is other today than the timetable said: moved, called off, another teacher. */
export function NewsStrip({ news }: { news: readonly RoomNews[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (news.length === 0) return null;
  return (
    <ul className={styles.news} data-testid="room-news">
      {news.map((one) => (
        <li key={one.noticeId}>
          <IconCalendarEvent className={styles.mark} aria-hidden="true" />
          {sentence(t, language, one)}
        </li>
      ))}
    </ul>
  );
}

function sentence(t: TFunction, language: Language, { subject, was, now }: RoomNews): string {
  const at = ({ start, period }: LessonStanding) =>
    period === null ? clockTime(start, language) : t('today.period', { period });
  const lesson = `${at((was ?? now)!)} ${subject}`;
  if (!now) return t('room.news.gone', { lesson });
  if (!was) return t('room.news.added', { lesson });
  if (now.cancelled !== null)
    return t(now.cancelled === '' ? 'room.news.off' : 'room.news.cancelled', {
      lesson,
      reason: now.cancelled,
    });
  if (was.cancelled !== null) return t('room.news.restored', { lesson });
  if (was.start !== now.start) {
    const sameDay = midnight(was.start) === midnight(now.start);
    const day = sameDay ? [] : [longDate(now.start, language)];
    const clock = now.period === null ? [] : [clockTime(now.start, language)];
    return t('room.news.moved', { lesson, when: [...day, at(now), ...clock].join(' ') });
  }
  return t('room.news.teacher', { lesson, name: now.teacher });
}
