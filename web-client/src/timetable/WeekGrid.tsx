import { IconGripVertical, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clockOf } from '#protocol/calendar.ts';
import type { Clash } from '#protocol/clashes.ts';
import type { SchoolWeek, WeekLesson } from '#protocol/timetable.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { type Cell, type GridRow, isOpen, mayMove, shownDays } from './grid-cells.ts';
import { LocalChips } from './LocalChips.tsx';
import { useDayWords } from './use-day-words.ts';
import type { CellAt, Dragged, useLessonDrag } from './use-lesson-drag.ts';
import styles from './WeekGrid.module.css';

interface Props {
  week: SchoolWeek;
  rows: readonly GridRow[];
  /** Whether it shows one class, teacher or room, and not the whole school. */
  narrowed: boolean;
  /** What lessons clash with, by lesson. */
  marked: ReadonlyMap<string, readonly Clash[]>;
  now: number;
  drag: ReturnType<typeof useLessonDrag<WeekLesson>>;
  /** Cells in which the dragged lesson would clash, as `row column`. */
  clashing: ReadonlySet<string>;
  onOpen(lesson: WeekLesson): void;
  onAdd(cell: Cell): void;
}

/** A school's week: a line is a period, a column a day. */
export function WeekGrid(props: Props) {
  const { week, rows, drag } = props;
  const { t } = useTranslation();
  const { weekday, date } = useDayWords();
  const days = shownDays(week);
  return (
    <div className={styles.scroll} ref={drag.surface}>
      <table className={styles.grid} data-testid="week-grid" data-days={days.length}>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              <span className={styles.sr}>{t('timetable.period')}</span>
            </th>
            {days.map((day) => (
              <th
                key={day.day}
                scope="col"
                className={join(styles.day, day.day === week.today && styles.today)}
                aria-current={day.day === week.today ? 'date' : undefined}
              >
                <span className={styles.weekday}>{weekday(day.weekday)}</span>{' '}
                <span className={styles.date}>{date(day.day)}</span>
                {day.name !== null && (
                  <span className={day.follows === null ? styles.holiday : styles.workday}>
                    {day.name}
                    {day.follows !== null && t('timetable.followsDay', { weekday: weekday(day.follows) })}
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowAt) => (
            <tr key={row.period ?? 'other'}>
              <th scope="row" className={styles.period}>
                <span className={styles.periodName}>
                  {row.period === null ? t('timetable.otherTime') : t('today.period', { period: row.period })}
                </span>
                {row.startsMinute !== null && row.endsMinute !== null && (
                  <span className={styles.clock}>
                    {clockOf(row.startsMinute)}–{clockOf(row.endsMinute)}
                  </span>
                )}
              </th>
              {row.cells.map((cell, column) => (
                <GridCell key={cell.day.day} {...props} cell={cell} at={{ row: rowAt, column }} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {drag.dragged?.point && <Ghost dragged={drag.dragged} />}
    </div>
  );
}

function GridCell({ cell, at, ...props }: Props & { cell: Cell; at: CellAt }) {
  const { week, drag, clashing, narrowed, onAdd } = props;
  const { t } = useTranslation();
  const { weekday } = useDayWords();
  const { dragged } = drag;
  const key = `${at.row} ${at.column}`;
  const open = isOpen(cell, week.today);
  const over = dragged?.over?.row === at.row && dragged.over.column === at.column;
  const empty = cell.lessons.length === 0 && cell.locals.length === 0;
  return (
    <td
      data-cell={open ? key : undefined}
      className={join(
        styles.cell,
        cell.day.day === week.today && styles.today,
        !open && styles.closed,
        dragged && open && (clashing.has(key) ? styles.clash : styles.free),
        over && open && styles.over,
      )}
    >
      {cell.lessons.map((lesson) => (
        <LessonChip key={lesson.lessonId} {...props} lesson={lesson} at={at} />
      ))}
      <LocalChips locals={cell.locals} narrowed={narrowed} />
      {week.mayEdit && open && !dragged && (
        <button
          type="button"
          className={join(styles.add, !empty && styles.addSmall)}
          data-testid={`add-${cell.day.day}-${cell.period}`}
          aria-label={t('timetable.addAt', {
            weekday: weekday(cell.day.weekday),
            period: cell.period ?? '',
          })}
          onClick={() => onAdd(cell)}
        >
          <IconPlus size={measure.icon} stroke={1.5} aria-hidden="true" />
        </button>
      )}
    </td>
  );
}

function LessonChip({
  lesson,
  at,
  week,
  marked,
  now,
  drag,
  onOpen,
}: Props & { lesson: WeekLesson; at: CellAt }) {
  const { t } = useTranslation();
  const movable = mayMove(lesson, now);
  const own = lesson.organizationId === week.organizationId;
  const { dragged, pressed, keyed } = drag;
  const taken = dragged?.what.lessonId === lesson.lessonId;
  const partners = own ? lesson.remotes : [lesson.master];
  return (
    <div
      className={join(
        styles.chip,
        !own && styles.guest,
        lesson.cancelled && styles.off,
        taken && styles.taken,
      )}
    >
      <button
        type="button"
        className={styles.chipButton}
        data-testid={`lesson-${lesson.lessonId}`}
        aria-roledescription={movable ? t('timetable.movable') : undefined}
        onPointerDown={movable ? (event) => pressed(event, lesson, at) : undefined}
        onKeyDown={movable ? (event) => keyed(event, lesson, at) : undefined}
        onClick={() => onOpen(lesson)}
      >
        <span className={styles.subject}>{lesson.subject}</span>
        <span className={styles.group}>{groupsOf(lesson, week.organizationId)}</span>
        <span className={styles.line}>
          {lesson.teacher.name}
          {lesson.substituteFor !== null && (
            <span className={styles.tag}>{t('timetable.tag.substitute')}</span>
          )}
          {lesson.movedFrom !== null && <span className={styles.tag}>{t('timetable.tag.moved')}</span>}
          {lesson.cancelled && <span className={styles.tag}>{t('timetable.cancelled')}</span>}
          {marked.has(lesson.lessonId) && (
            <span className={styles.tag} data-testid="clash-mark">
              {t('timetable.clash.tag')}
            </span>
          )}
        </span>
        {partners.length > 0 && (
          <span className={styles.line}>
            {own ? '→ ' : '← '}
            {partners
              .map(({ organizationName, period }) =>
                period === null || period === lesson.period
                  ? organizationName
                  : t('timetable.partnerPeriod', { school: organizationName, period }),
              )
              .join(t('common.separator'))}
          </span>
        )}
      </button>
      {movable && (
        <span
          className={styles.handle}
          data-handle=""
          aria-hidden="true"
          onPointerDown={(event) => pressed(event, lesson, at)}
        >
          <IconGripVertical size={measure.icon} stroke={1.5} />
        </span>
      )}
    </div>
  );
}

/** The classes of this school that sit in it. */
const groupsOf = ({ master, remotes }: WeekLesson, organizationId: string): string =>
  [master, ...remotes]
    .filter((room) => room.organizationId === organizationId)
    .map(({ classGroup, classroom }) => classGroup?.name ?? classroom.name)
    .join(' ');

function Ghost({ dragged }: { dragged: Dragged<WeekLesson> }) {
  const { point, what } = dragged;
  if (!point) return null;
  return (
    <div className={styles.ghost} style={{ translate: `${point.x}px ${point.y}px` }} aria-hidden="true">
      <span className={styles.subject}>{what.subject}</span> {what.teacher.name}
    </div>
  );
}
