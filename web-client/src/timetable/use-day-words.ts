import { useTranslation } from 'react-i18next';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** How days are called on the timetable: 周二, 9月7日. They are days of the school's calendar, in no time zone. */
export function useDayWords(): { weekday(weekday: number): string; date(day: string): string } {
  const { t } = useTranslation();
  return {
    weekday: (weekday) => t(`timetable.weekday.${WEEKDAYS[weekday - 1] ?? 'mon'}`),
    date: (day) => t('timetable.date', { month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) }),
  };
}
