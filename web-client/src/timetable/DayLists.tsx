import { IconPlus } from '@tabler/icons-react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { clockOf } from '#protocol/calendar.ts';
import type { Clash } from '#protocol/clashes.ts';
import type { SchoolWeek, WeekLesson } from '#protocol/timetable.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import styles from './DayLists.module.css';
import { type Cell, type GridRow, isOpen, shownDays } from './grid-cells.ts';
import { useDayWords } from './use-day-words.ts';

interface Props {
  week: SchoolWeek;
  rows: readonly GridRow[];
  narrowed: boolean;
  /** What lessons clash with, by lesson. */
  marked: ReadonlyMap<string, readonly Clash[]>;
  onOpen(lesson: WeekLesson): void;
  onAdd(cell: Cell): void;
}

/** The same week on a phone: one day after the other. */
export function DayLists({ week, rows, narrowed, marked, onOpen, onAdd }: Props) {
  const { t } = useTranslation();
  const { weekday, date } = useDayWords();
  return shownDays(week).map((day, column) => {
    const cells = rows.map((row) => ({ row, cell: row.cells[column]! }));
    const first = cells.find(({ cell }) => isOpen(cell, week.today));
    const filled = cells.filter(
      ({ cell }) => cell.lessons.length > 0 || (narrowed && cell.locals.length > 0),
    );
    return (
      <section key={day.day} className={styles.day}>
        <h2 className={join(styles.head, day.day === week.today && styles.today)}>
          {weekday(day.weekday)} <span className={styles.date}>{date(day.day)}</span>
          {day.name !== null && <span className={styles.name}>{day.name}</span>}
          {week.mayEdit && first && (
            <Button
              type="text"
              icon={<IconPlus size={measure.icon} stroke={1.5} />}
              onClick={() => onAdd(first.cell)}
            >
              {t('timetable.add')}
            </Button>
          )}
        </h2>
        {filled.length === 0 && <p className={styles.none}>{t('timetable.dayEmpty')}</p>}
        {filled.map(({ row, cell }) => (
          <div key={row.period ?? 'other'} className={styles.row}>
            <div className={styles.time}>
              {row.period === null ? t('timetable.otherTime') : t('today.period', { period: row.period })}
              {row.startsMinute !== null && <span className={styles.clock}>{clockOf(row.startsMinute)}</span>}
            </div>
            <div className={styles.what}>
              {cell.lessons.map((lesson) => (
                <button
                  key={lesson.lessonId}
                  type="button"
                  className={join(styles.lesson, lesson.cancelled && styles.off)}
                  onClick={() => onOpen(lesson)}
                >
                  <span className={styles.subject}>{lesson.subject}</span>{' '}
                  {lesson.master.classGroup?.name ?? lesson.master.classroom.name}
                  {marked.has(lesson.lessonId) && (
                    <span className={styles.tag}>{t('timetable.clash.tag')}</span>
                  )}
                  <span className={styles.line}>
                    {[
                      lesson.teacher.name,
                      ...lesson.remotes.map(({ organizationName }) => organizationName),
                    ].join(' · ')}
                  </span>
                </button>
              ))}
              {narrowed &&
                cell.locals.map((local) => (
                  <p key={local.localLessonId} className={styles.local}>
                    {local.subject} {local.classGroup.name}
                  </p>
                ))}
            </div>
          </div>
        ))}
      </section>
    );
  });
}
