import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Alarm, NowLesson } from '#protocol/alarm.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { clockTime, MINUTE_MS } from '../ui/time.ts';
import { topicOf } from '../ui/topic-of.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './NowPage.module.css';

interface Props {
  lesson: NowLesson;
  now: number;
}

const minutesOf = (ms: number): number => Math.max(1, Math.round(ms / MINUTE_MS));

/** One lesson of today: when, what, which rooms are there, and what is wrong. */
export function NowCard({ lesson, now }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { period, plannedStart, plannedEnd, alarms } = lesson;
  const standing = alarms.filter(({ to }) => to === null);
  const past = alarms.filter(({ to }) => to !== null);
  const ahead = lesson.state === 'planned' || lesson.state === 'soon';
  const over = lesson.state === 'over' || lesson.state === 'missed' || lesson.state === 'cancelled';
  return (
    <article
      className={join(styles.card, standing.length > 0 && styles.trouble, over && styles.over)}
      data-testid={`now-${lesson.lessonId}`}
    >
      <div className={styles.time}>
        <div className={styles.period}>
          {period === null ? t('today.noPeriod') : t('today.period', { period })}
        </div>
        <div className={styles.quiet}>
          {t('now.range', { from: clockTime(plannedStart, language), to: clockTime(plannedEnd, language) })}
        </div>
      </div>
      <div className={styles.what}>
        <h3 className={styles.title}>
          <span className={styles.subject}>{lesson.subject}</span> <bdi>{topicOf(lesson)}</bdi>
        </h3>
        <p className={styles.quiet}>
          {lesson.grade} · {lesson.teacherName} · {t(`mode.${lesson.mode}`)} ·{' '}
          <State lesson={lesson} now={now} />
        </p>
        {standing.map((alarm) => (
          <Standing key={`${alarm.kind} ${alarm.accountId}`} alarm={alarm} lesson={lesson} now={now} />
        ))}
        {past.length > 0 && (
          <p className={styles.quiet}>
            {t('now.earlier')}
            {past.map((alarm) => pastWord(alarm)).join(t('common.separator'))}
          </p>
        )}
      </div>
      {!over && (
        <ul className={styles.rooms}>
          {lesson.rooms.map(({ accountId, name, here }) => (
            <li
              key={accountId}
              className={join(styles.room, here && styles.here, !here && !ahead && styles.away)}
            >
              {here ? (
                <IconCircleCheck size={measure.icon} stroke={1.5} aria-hidden="true" />
              ) : (
                <IconCircleDashed size={measure.icon} stroke={1.5} aria-hidden="true" />
              )}
              <bdi>{name}</bdi>
              <span>{t(here ? 'now.here' : ahead ? 'now.notYet' : 'now.away')}</span>
            </li>
          ))}
        </ul>
      )}
    </article>
  );

  function pastWord({ kind, accountId, from, to }: Alarm): string {
    const room = lesson.rooms.find((each) => each.accountId === accountId)?.name ?? '';
    return t(`now.past.${kind}`, {
      room,
      from: clockTime(from, language),
      to: clockTime(to ?? now, language),
    });
  }
}

function State({ lesson, now }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, plannedStart, startedAt, endedAt, cancelReason } = lesson;
  const clock = (at: number | null) => (at === null ? '' : clockTime(at, language));
  switch (state) {
    case 'soon':
      return t('now.state.soon', { minutes: minutesOf(plannedStart - now) });
    case 'running':
      return t('now.state.running', { minutes: minutesOf(now - (startedAt ?? now)) });
    case 'over':
      return t('now.state.over', { from: clock(startedAt), to: clock(endedAt) });
    case 'cancelled':
      return t('now.state.cancelled', { reason: cancelReason ?? '' });
    default:
      return t(`now.state.${state}`);
  }
}

function Standing({ alarm, lesson, now }: Props & { alarm: Alarm }) {
  const { t } = useTranslation();
  const { kind, accountId } = alarm;
  const { plannedStart, plannedEnd, rooms, teacherName } = lesson;
  // Absence is told from when it began, not from when somebody was to be alarmed.
  const since =
    kind === 'overran' ? plannedEnd : kind === 'notStarted' ? plannedStart : alarm.from - MINUTE_MS;
  const about =
    rooms.find((each) => each.accountId === accountId) ?? rooms.find(({ part }) => part === 'master');
  const room = accountId === null ? '' : (about?.name ?? '');
  return (
    <div className={styles.alarm}>
      <IconAlertTriangle size={measure.icon} stroke={1.5} aria-hidden="true" />
      <div>
        <strong>
          {t(`now.alarm.${kind}`, { room, teacher: teacherName, minutes: minutesOf(now - since) })}
        </strong>
        <p className={styles.todo}>
          {t(`now.todo.${kind}`)}{' '}
          {about?.phone && (
            <a href={`tel:${about.phone}`}>
              {t('now.call', { school: about.organizationName, phone: about.phone })}
            </a>
          )}
        </p>
      </div>
    </div>
  );
}
