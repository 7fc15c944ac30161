import { IconAlertTriangle, IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Select, Skeleton } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { addDays } from '#protocol/calendar.ts';
import type { Clash, ClashedLesson } from '#protocol/clashes.ts';
import type { SchoolWeek, TimetableSchool, WeekLesson } from '#protocol/timetable.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { ExportMenu } from '../admin/kit/ExportMenu.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { usePhone } from '../admin/kit/use-phone.ts';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useNow } from '../ui/use-now.ts';
import { DayLists } from './DayLists.tsx';
import { FilterSelect } from './FilterSelect.tsx';
import { type Cell, type GridFilter, gridRows, isOpen, partiesOf, placeIn, shownDays } from './grid-cells.ts';
import styles from './TimetablePage.module.css';
import { clashedQuery, schoolsQuery, timetableApi, weekQuery } from './timetable-api.ts';
import { useClashWords } from './use-clash-words.ts';
import { useDayWords } from './use-day-words.ts';
import { useLessonDrag } from './use-lesson-drag.ts';
import { useWeekMoves } from './use-week-moves.tsx';
import { WeekGrid } from './WeekGrid.tsx';

const LessonDrawer = lazy(async () => ({ default: (await import('./LessonDrawer.tsx')).LessonDrawer }));
const AddLesson = lazy(async () => ({ default: (await import('./AddLesson.tsx')).AddLesson }));
const ClashedDrawer = lazy(async () => ({ default: (await import('./ClashedDrawer.tsx')).ClashedDrawer }));
const MakeTerm = lazy(async () => ({ default: (await import('./MakeTerm.tsx')).MakeTerm }));

const TICK_MS = 30_000;
const NONE: readonly ClashedLesson[] = [];

/** The week of a school: what is shared with others, and paler what is its own. */
export function TimetablePage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const schools = useQuery(schoolsQuery);
  const school = search.get('school') ?? schools.data?.[0]?.organizationId ?? null;
  const day = search.get('day');
  const week = useQuery({ ...weekQuery(school ?? '', day), enabled: school !== null });
  const set = (changes: Record<string, string | null>) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      for (const [key, value] of Object.entries(changes))
        if (value === null) next.delete(key);
        else next.set(key, value);
      return next;
    });
  const error = schools.error ?? week.error;
  return (
    <div className={styles.page} data-wide="">
      <PageHead
        title={t('timetable.title')}
        lead={t('timetable.lead')}
        more={
          school && (
            <>
              <Link to={`/admin/local-lessons?school=${school}`} className={styles.link}>
                {t('timetable.local.open')}
              </Link>
              <ExportMenu
                path="/api/timetable/export"
                question={new URLSearchParams({ organizationId: school, ...(day && { day }) })}
              />
              <Button icon={<IconPrinter size={measure.icon} stroke={1.5} />} onClick={() => print()}>
                {t('timetable.print')}
              </Button>
            </>
          )
        }
      />
      {error && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {schools.data?.length === 0 && (
        <EmptyNote title={t('timetable.noSchool')} hint={t('timetable.noSchoolHint')} />
      )}
      <div className={styles.tools}>
        <SchoolSelect
          schools={schools.data ?? []}
          value={school}
          onChange={(id) => set({ school: id, by: null })}
        />
        {week.data && <WeekSteps week={week.data} onDay={(next) => set({ day: next })} />}
        {week.data && (
          <FilterSelect week={week.data} value={search.get('by')} onChange={(by) => set({ by })} />
        )}
      </div>
      {!week.data && !error && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
      {week.data && (
        <Week
          key={week.data.organizationId}
          week={week.data}
          filter={filterOf(search.get('by'))}
          opened={search.get('lesson')}
          set={set}
        />
      )}
    </div>
  );
}

const filterOf = (by: string | null): GridFilter => {
  const [kind, id] = by?.split(' ') ?? [];
  return id && (kind === 'classGroup' || kind === 'teacher' || kind === 'classroom') ? { kind, id } : null;
};

function SchoolSelect({
  schools,
  value,
  onChange,
}: {
  schools: readonly TimetableSchool[];
  value: string | null;
  onChange(id: string): void;
}) {
  const { t } = useTranslation();
  const groups = Map.groupBy(schools, ({ parentName }) => parentName ?? '');
  if (schools.length < 2) return schools[0] ? <strong>{schools[0].name}</strong> : null;
  return (
    <Select
      className={styles.school}
      aria-label={t('timetable.school')}
      data-testid="school"
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      onChange={onChange}
      options={[...groups].map(([label, members]) => ({
        label,
        options: members.map(({ organizationId, name }) => ({ value: organizationId, label: name })),
      }))}
    />
  );
}

function WeekSteps({ week, onDay }: { week: SchoolWeek; onDay(day: string | null): void }) {
  const { t } = useTranslation();
  const { date } = useDayWords();
  const { term, monday } = week;
  return (
    <nav className={styles.steps} aria-label={t('timetable.weeks')}>
      <Button
        icon={<IconChevronLeft size={measure.icon} />}
        aria-label={t('timetable.previousWeek')}
        data-testid="previous-week"
        onClick={() => onDay(addDays(monday, -7))}
      />
      {term ? (
        <Select
          className={styles.week}
          aria-label={t('timetable.week')}
          value={term.week}
          onChange={(chosen: number) => onDay(addDays(monday, 7 * (chosen - term.week)))}
          options={Array.from({ length: term.weeks }, (_, at) => ({
            value: at + 1,
            label: `${t('timetable.weekNumber', { week: at + 1 })} · ${date(addDays(monday, 7 * (at + 1 - term.week)))}`,
          }))}
        />
      ) : (
        <span className={styles.noTerm}>
          {t('timetable.noTerm')} · {date(monday)}
        </span>
      )}
      <Button
        icon={<IconChevronRight size={measure.icon} />}
        aria-label={t('timetable.nextWeek')}
        data-testid="next-week"
        onClick={() => onDay(addDays(monday, 7))}
      />
      <Button onClick={() => onDay(null)}>{t('timetable.thisWeek')}</Button>
    </nav>
  );
}

interface WeekProps {
  week: SchoolWeek;
  filter: GridFilter;
  /** The lesson that is looked at; in the address, because notices and the list of clashes lead to it. */
  opened: string | null;
  set(changes: Record<string, string | null>): void;
}

function Week({ week, filter, opened, set }: WeekProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const now = useNow(TICK_MS);
  const moves = useWeekMoves();
  const words = useClashWords();
  const [adding, setAdding] = useState<Cell | null>(null);
  const [making, setMaking] = useState(false);
  const [listing, setListing] = useState(false);
  const clashed = useQuery({ ...clashedQuery(week.organizationId), enabled: week.mayEdit }).data ?? NONE;
  const marked = useMemo(
    () => new Map(clashed.map(({ lessonId, clashes }) => [lessonId, clashes])),
    [clashed],
  );
  const [clashes, setClashes] = useState<ReadonlyMap<string, Clash[]>>(new Map());
  const rows = useMemo(() => gridRows(week, filter), [week, filter]);

  const look = async (lesson: WeekLesson) => {
    setClashes(new Map());
    const open = rows.flatMap((row, at) =>
      row.cells.flatMap((cell, column) =>
        isOpen(cell, week.today) ? [{ cell, key: `${at} ${column}` }] : [],
      ),
    );
    const found = await timetableApi
      .clashes({
        ...{ kind: 'lesson', organizationId: week.organizationId, lessonId: lesson.lessonId },
        ...{ subject: lesson.subject, parties: partiesOf(lesson) },
        places: open.map(({ cell }) => ({ day: cell.day.day, period: cell.period })),
      })
      // Without an answer it can be put down all the same: the platform looks again.
      .catch(() => []);
    setClashes(Map.groupBy(found, ({ at }) => open[at]!.key));
  };
  const drag = useLessonDrag<WeekLesson>({
    rows: rows.length,
    columns: shownDays(week).length,
    onStart: (lesson) => void look(lesson),
    onDrop: (lesson, at) => {
      const cell = rows[at.row]?.cells[at.column];
      if (cell && isOpen(cell, week.today))
        void moves.move(lesson, placeIn(week, lesson, cell.day.day, cell.period));
    },
  });
  const over = drag.dragged?.over;
  const said = over ? (clashes.get(`${over.row} ${over.column}`) ?? []) : [];
  const empty = week.lessons.length === 0 && week.locals.length === 0;
  const shared = { week, rows, marked, narrowed: filter !== null, onAdd: setAdding };
  const open = ({ lessonId }: WeekLesson) => set({ lesson: lessonId });
  return (
    <>
      {clashed.length > 0 && (
        <Button
          className={styles.clashed}
          icon={<IconAlertTriangle size={measure.icon} stroke={1.5} />}
          data-testid="show-clashed"
          onClick={() => setListing(true)}
        >
          {t('timetable.clash.count', { count: clashed.length })}
        </Button>
      )}
      {week.periods.length === 0 && (
        <EmptyNote
          title={t('timetable.noBells')}
          hint={t('timetable.noBellsHint')}
          action={
            <Link to="/admin/bells">
              <Button type="primary">{t('timetable.toBells')}</Button>
            </Link>
          }
        />
      )}
      {week.periods.length > 0 && empty && (
        <Alert
          className={styles.note}
          type="info"
          showIcon
          title={week.term ? t('timetable.emptyWeek') : t('timetable.outsideTerm')}
        />
      )}
      {rows.length > 0 &&
        (phone ? (
          <DayLists {...shared} onOpen={open} />
        ) : (
          <WeekGrid {...shared} now={now} drag={drag} clashing={new Set(clashes.keys())} onOpen={open} />
        ))}
      <p className={styles.foot}>
        {week.mayEdit && t('timetable.dragHint')}
        {week.mayEdit && week.term && (
          <Button type="link" data-testid="make-term" onClick={() => setMaking(true)}>
            {t('timetable.make.open')}
          </Button>
        )}
      </p>
      <div className={styles.hint} role="status" aria-live="assertive" hidden={!drag.dragged}>
        {drag.dragged && (
          <>
            <strong>{said.length > 0 ? t('timetable.clash.title') : t('timetable.clash.none')}</strong>
            {said.slice(0, MOST_SAID).map((clash) => (
              <span key={`${clash.id} ${clash.subject}`}>{words(clash, week.organizationName)}</span>
            ))}
            <span className={styles.keys}>{t('timetable.dragKeys')}</span>
          </>
        )}
      </div>
      <Suspense>
        {listing && (
          <ClashedDrawer
            lessons={clashed}
            school={week.organizationName}
            onClose={() => setListing(false)}
            onOpen={({ lessonId, day }) => {
              setListing(false);
              set({ day, by: null, lesson: lessonId });
            }}
          />
        )}
        {opened && (
          <LessonDrawer
            lessonId={opened}
            week={week}
            clashes={marked.get(opened) ?? []}
            onClose={() => set({ lesson: null })}
          />
        )}
        {adding && <AddLesson week={week} cell={adding} onClose={() => setAdding(null)} />}
        {making && week.term && (
          <MakeTerm organizationId={week.organizationId} term={week.term} onClose={() => setMaking(false)} />
        )}
      </Suspense>
    </>
  );
}

const MOST_SAID = 4;
