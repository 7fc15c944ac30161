import { IconCalendarShare, IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Empty, Select, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { addDays, clockOf, dayAndMinuteOf } from '#protocol/calendar.ts';
import type { Account, Lesson } from '#protocol/domain.ts';
import { type OwnLocal, OwnView, type OwnWeek } from '#protocol/own-week.ts';
import type { WeekDay } from '#protocol/timetable.ts';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { clockTime } from '../ui/time.ts';
import { schoolTimeZone } from '../ui/time-zone.ts';
import { topicOf } from '../ui/topic-of.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './OwnWeekPage.module.css';
import { ownWeekQuery } from './timetable-api.ts';
import { useDayWords } from './use-day-words.ts';

const FeedDialog = lazy(async () => ({ default: (await import('./FeedDialog.tsx')).FeedDialog }));

/** My week, my room's, my class's. */
export function OwnWeekPage() {
  return (
    <SignedIn>
      {(account) => (
        <App>
          <OwnTimetable account={account} />
        </App>
      )}
    </SignedIn>
  );
}

function OwnTimetable({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { date } = useDayWords();
  const [search, setSearch] = useSearchParams();
  const [feeds, setFeeds] = useState(false);
  const view = OwnView.catch('me').parse(search.get('view'));
  const id = search.get('id');
  const day = search.get('day');
  const { data: week, error } = useQuery(ownWeekQuery(view, id, day));
  const go = (next: { view?: string; id?: string | null; day?: string | null }) => {
    const all = { view, id, day, ...next };
    setSearch(
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Record<string, string>,
    );
  };
  return (
    <>
      <header className={styles.head}>
        <div className={styles.words}>
          <h1 className={styles.title}>{view === 'me' ? t('timetable.own.title') : week?.name}</h1>
          <p className={styles.quiet}>
            {week?.term
              ? `${week.term.name} · ${t('timetable.weekNumber', { week: week.term.week })}`
              : week && t('timetable.noTerm')}
          </p>
        </div>
        {week && week.views.length > 0 && (
          <Select
            className={styles.views}
            aria-label={t('timetable.own.whose')}
            value={view === 'me' ? 'me' : `${view} ${id}`}
            onChange={(chosen: string) => {
              const [kind, of] = chosen.split(' ');
              go({ view: kind!, id: of ?? null });
            }}
            options={[
              { value: 'me', label: t('timetable.own.title') },
              ...week.views.map((each) => ({ value: `${each.view} ${each.id}`, label: each.name })),
            ]}
          />
        )}
        <nav className={styles.steps} aria-label={t('timetable.weeks')}>
          <Button
            icon={<IconChevronLeft size={measure.icon} />}
            aria-label={t('timetable.previousWeek')}
            disabled={!week}
            onClick={() => week && go({ day: addDays(week.monday, -7) })}
          />
          <Button disabled={day === null} onClick={() => go({ day: null })}>
            {t('timetable.thisWeek')}
          </Button>
          <Button
            icon={<IconChevronRight size={measure.icon} />}
            aria-label={t('timetable.nextWeek')}
            data-testid="next-week"
            disabled={!week}
            onClick={() => week && go({ day: addDays(week.monday, 7) })}
          />
        </nav>
        <Button
          icon={<IconCalendarShare size={measure.icon} stroke={1.5} />}
          data-testid="feeds"
          onClick={() => setFeeds(true)}
        >
          {t('timetable.feed.open')}
        </Button>
        <Button icon={<IconPrinter size={measure.icon} stroke={1.5} />} onClick={() => print()}>
          {t('timetable.print')}
        </Button>
      </header>
      {error && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {!week && !error && <Skeleton active />}
      {week && week.lessons.length === 0 && week.locals.length === 0 && (
        <Empty
          description={
            <>
              <p>{t('timetable.own.empty', { date: date(week.monday) })}</p>
              <p>{t('timetable.own.emptyHint')}</p>
            </>
          }
        />
      )}
      {week && (week.lessons.length > 0 || week.locals.length > 0) && <Days week={week} />}
      <Suspense>
        {feeds && (
          <FeedDialog
            accountId={view === 'classroom' && id ? id : account.accountId}
            onClose={() => setFeeds(false)}
          />
        )}
      </Suspense>
    </>
  );
}

function Days({ week }: { week: OwnWeek }) {
  const { t } = useTranslation();
  const { weekday, date } = useDayWords();
  const dayOf = ({ plannedStart }: Lesson) => dayAndMinuteOf(plannedStart, schoolTimeZone()).day;
  const shown = week.days.filter(
    ({ day, weekday: at, follows }) =>
      at <= 5 || follows !== null || week.lessons.some((lesson) => dayOf(lesson) === day),
  );
  const head = ({ day, weekday: at, name, follows }: WeekDay) => (
    <h2 className={join(styles.dayHead, day === week.today && styles.today)}>
      {weekday(at)} <span className={styles.quiet}>{date(day)}</span>
      {name !== null && <span className={follows === null ? styles.holiday : styles.workday}>{name}</span>}
    </h2>
  );
  return (
    <div className={styles.days} data-testid="own-week">
      {shown.map((day) => {
        const lessons = week.lessons.filter((lesson) => dayOf(lesson) === day.day);
        const locals = week.locals.filter((local) => local.day === day.day);
        return (
          <section
            key={day.day}
            className={styles.day}
            aria-current={day.day === week.today ? 'date' : undefined}
          >
            {head(day)}
            {lessons.length === 0 && locals.length === 0 && (
              <p className={styles.none}>{t('timetable.dayEmpty')}</p>
            )}
            {inTime(lessons, locals).map((entry) =>
              'lessonId' in entry ? (
                <OwnLesson key={entry.lessonId} lesson={entry} />
              ) : (
                <div
                  key={`${entry.period} ${entry.subject} ${entry.classGroupName}`}
                  className={styles.local}
                >
                  <span className={styles.time}>
                    {t('today.period', { period: entry.period })} {clockOf(entry.startsMinute)}
                  </span>
                  <span>{entry.subject}</span>
                  <span className={styles.line}>
                    {[entry.classGroupName, entry.classroomName].filter(Boolean).join(' · ')}
                  </span>
                </div>
              ),
            )}
          </section>
        );
      })}
    </div>
  );
}

function inTime(lessons: readonly Lesson[], locals: readonly OwnLocal[]): (Lesson | OwnLocal)[] {
  const minuteOf = (entry: Lesson | OwnLocal) =>
    'lessonId' in entry ? dayAndMinuteOf(entry.plannedStart, schoolTimeZone()).minute : entry.startsMinute;
  return [...lessons, ...locals].sort((one, other) => minuteOf(one) - minuteOf(other));
}

function OwnLesson({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { subject, plannedStart, plannedEnd, masterClassroom, remoteClassrooms, cancelled } = lesson;
  const rooms = [masterClassroom, ...remoteClassrooms];
  return (
    <article className={join(styles.lesson, cancelled && styles.off)}>
      <span className={styles.time}>
        {clockTime(plannedStart, language)}–{clockTime(plannedEnd, language)}
      </span>
      <span className={styles.name}>
        <Link to={`/lessons/${lesson.lessonId}`} className={styles.subject}>
          {subject}
        </Link>{' '}
        {topicOf(lesson)}
      </span>
      <span className={styles.line}>
        {lesson.teacherName}
        {lesson.substituteFor !== null &&
          ` · ${t('timetable.substitutesFor', { name: lesson.substituteFor })}`}
      </span>
      {rooms.map(({ accountId, organizationName, classGroupName, period }) => (
        <span key={accountId} className={styles.line}>
          {[organizationName, classGroupName, period === null ? null : t('today.period', { period })]
            .filter(Boolean)
            .join(' · ')}
        </span>
      ))}
      {cancelled && (
        <span className={styles.reason}>{t('timetable.cancelledBecause', { reason: cancelled.reason })}</span>
      )}
    </article>
  );
}
