import { useTranslation } from 'react-i18next';
import {
  addDays,
  type Day,
  isInTerm,
  mondayOf,
  type TermDay,
  type TermSpan,
  weeksOfTerm,
} from '#protocol/calendar.ts';
import { join } from '../ui/class-names.ts';
import { useLanguage } from '../ui/use-language.ts';
import { fullDay, isWeekend, monthWord, WEEKDAYS, weekdayWord } from './days.ts';
import styles from './Terms.module.css';

interface Props {
  term: TermSpan;
  days: readonly TermDay[];
  /** Marked as today. */
  today: Day;
}

/** A term as weeks and days: holidays and make-up days by colour and by word. */
export function TermCalendar({ term, days, today }: Props) {
  const { t } = useTranslation();
  const special = new Map(days.map((day) => [day.day, day]));
  const first = mondayOf(term.startsOn);
  const weeks = Array.from({ length: weeksOfTerm(term) }, (_, index) => addDays(first, index * 7));
  return (
    <div className={styles.calendarFrame}>
      <table className={styles.calendar} data-testid="term-calendar">
        <thead>
          <tr>
            <th scope="col" className={styles.week}>
              {t('terms.week')}
            </th>
            {WEEKDAYS.map((weekday) => (
              <th key={weekday} scope="col">
                {weekdayWord(weekday, t)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((monday, index) => (
            <tr key={monday}>
              <th scope="row" className={styles.week}>
                {index + 1}
              </th>
              {WEEKDAYS.map((weekday) => {
                const day = addDays(monday, weekday - 1);
                return (
                  <DayCell
                    key={day}
                    day={day}
                    special={special.get(day)}
                    outside={!isInTerm(term, day)}
                    isToday={day === today}
                    withMonth={day.endsWith('-01') || (index === 0 && weekday === 1)}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayCellProps {
  day: Day;
  special: TermDay | undefined;
  outside: boolean;
  isToday: boolean;
  withMonth: boolean;
}

function DayCell({ day, special, outside, isToday, withMonth }: DayCellProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const word =
    special?.kind === 'workday'
      ? t('terms.madeUp', { weekday: special.followsWeekday ? weekdayWord(special.followsWeekday, t) : '' })
      : special?.name;
  const title = [fullDay(day, language), special?.name].filter(Boolean).join(' ');
  return (
    <td
      title={title}
      {...(isToday && { 'aria-current': 'date' as const })}
      className={join(
        styles.day,
        outside && styles.outside,
        isWeekend(day) && styles.weekend,
        special?.kind === 'holiday' && styles.holiday,
        special?.kind === 'workday' && styles.workday,
        isToday && styles.today,
      )}
    >
      <span className={styles.date}>
        {withMonth && <span className={styles.month}>{monthWord(day, language)} </span>}
        {Number(day.slice(8))}
      </span>
      {word && <span className={styles.word}>{word}</span>}
    </td>
  );
}
