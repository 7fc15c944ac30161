import { useQuery } from '@tanstack/react-query';
import { Alert, Drawer, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { clockOf } from '#protocol/calendar.ts';
import type { Clash } from '#protocol/clashes.ts';
import type { SchoolWeek, WeekLesson, WeekRoom } from '#protocol/timetable.ts';
import { usePhone } from '../admin/kit/use-phone.ts';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { ClashList } from './ClashList.tsx';
import { History } from './History.tsx';
import { LessonActs } from './LessonActs.tsx';
import styles from './LessonDrawer.module.css';
import { Told } from './Told.tsx';
import { lessonPlanQuery } from './timetable-api.ts';
import { useDayWords } from './use-day-words.ts';

/** One lesson: what it is, whom it concerns, what became of it, and what can be done about it. */
export function LessonDrawer({
  lessonId,
  week,
  clashes,
  onClose,
}: {
  lessonId: string;
  week: SchoolWeek;
  clashes: readonly Clash[];
  onClose(): void;
}) {
  const { t } = useTranslation();
  const phone = usePhone();
  const { data, error } = useQuery(lessonPlanQuery(lessonId));
  const lesson = data?.lesson;
  return (
    <Drawer
      open
      title={
        lesson ? `${lesson.subject} · ${lesson.master.classGroup?.name ?? lesson.title}` : t('common.loading')
      }
      size={phone ? '100%' : measure.adminDrawer}
      onClose={onClose}
    >
      {error && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {!data && !error && <Skeleton active />}
      {data && lesson && (
        <>
          {!lesson.cancelled && <ClashList clashes={clashes} school={week.organizationName} />}
          <Facts lesson={lesson} />
          {lesson.mayEdit && <LessonActs key={lesson.version} lesson={lesson} week={week} />}
          <section>
            <h3 className={styles.head}>{t('timetable.concerns')}</h3>
            <p className={styles.quiet}>{t('timetable.concernsHint')}</p>
            <ul className={styles.list}>
              {data.concerns.map(({ kind, name, organizationName, told }) => (
                <li key={`${kind} ${name} ${organizationName}`}>
                  {t(`timetable.party.${kind}`)} {name}{' '}
                  <span className={styles.quiet}>{organizationName}</span>
                  {told && <Told at={told.at} readAt={told.readAt} />}
                </li>
              ))}
            </ul>
          </section>
          <History history={data.history} />
        </>
      )}
    </Drawer>
  );
}

function Facts({ lesson }: { lesson: WeekLesson }) {
  const { t } = useTranslation();
  const { weekday, date } = useDayWords();
  const { day, startsMinute, endsMinute, teacher, substituteFor, cancelled, master, remotes, note } = lesson;
  const room = ({ organizationName, classGroup, classroom, assistant, period }: WeekRoom) =>
    [
      organizationName,
      classGroup?.name,
      classroom.name,
      period === null ? null : t('today.period', { period }),
      assistant && t('timetable.assistedBy', { name: assistant.name }),
    ]
      .filter(Boolean)
      .join(' · ');
  const weekdayOfDay = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return (
    <dl className={styles.facts}>
      {cancelled && (
        <Alert
          type="warning"
          showIcon
          title={t('timetable.cancelled')}
          description={t('timetable.cancelledBecause', { reason: cancelled.reason })}
        />
      )}
      <Fact name={t('timetable.fact.time')}>
        {date(day)} {weekday(weekdayOfDay)} {clockOf(startsMinute)}–{clockOf(endsMinute)}
      </Fact>
      <Fact name={t('timetable.fact.title')}>{lesson.title}</Fact>
      <Fact name={t('timetable.fact.teacher')}>
        {teacher.name}
        {substituteFor !== null && ` （${t('timetable.substitutesFor', { name: substituteFor })}）`}
      </Fact>
      <Fact name={t('timetable.fact.master')}>{room(master)}</Fact>
      {remotes.map((remote) => (
        <Fact key={remote.classroom.id} name={t('timetable.fact.remote')}>
          {room(remote)}
        </Fact>
      ))}
      {note !== '' && <Fact name={t('timetable.fact.note')}>{note}</Fact>}
      {lesson.pairingId !== null && (
        <Fact name={t('timetable.fact.pairing')}>
          <Link to={`/admin/pairings/${lesson.pairingId}`}>{t('timetable.toPairing')}</Link>
        </Fact>
      )}
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className={styles.fact}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
