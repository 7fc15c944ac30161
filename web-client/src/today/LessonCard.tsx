import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import type { RoomReadiness } from '#protocol/room-screen.ts';
import { mayIn } from '../api/may.ts';
import { lessonQuery } from '../api/queries.ts';
import { ReadyNote } from '../room/ReadyNote.tsx';
import { join } from '../ui/class-names.ts';
import { clockTime, MINUTE_MS } from '../ui/time.ts';
import { topicOf } from '../ui/topic-of.ts';
import { useLanguage } from '../ui/use-language.ts';
import { DemoButton } from './DemoButton.tsx';
import styles from './LessonCard.module.css';
import { mayOpenDesk, offerOf } from './lesson-offer.ts';
import { StateBadge } from './StateBadge.tsx';

interface Props {
  lesson: Lesson;
  now: number;
  /** The one that wants attention: its button is the page's main one. */
  next: boolean;
  /** How far its rooms are, while its bell is near. */
  rooms: readonly RoomReadiness[] | null;
  /** Whether the demo film is offered for it. */
  demo: boolean;
}

/** One line of the timetable with the one thing to do about it. */
export function LessonCard({ lesson, now, next, rooms, demo }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { lessonId, period, plannedStart, plannedEnd, state, replayMs, cancelled, substituteFor } = lesson;
  const over = state === 'ended' || state === 'ready';
  const range = { from: clockTime(plannedStart, language), to: clockTime(plannedEnd, language) };
  return (
    <article
      className={join(styles.card, next && styles.next, over && styles.over, cancelled && styles.cancelled)}
      data-testid={`lesson-${lessonId}`}
      aria-label={lesson.title}
    >
      <div className={styles.time}>
        <div className={styles.period}>
          {period === null ? t('today.noPeriod') : t('today.period', { period })}
        </div>
        <div className={styles.range}>{t('today.range', range)}</div>
      </div>
      <div className={styles.what}>
        <div className={styles.head}>
          <h2 className={styles.title}>
            <span className={styles.subject}>{lesson.subject}</span> {topicOf(lesson)}
          </h2>
          <StateBadge lesson={lesson} now={now} />
          {rooms && (
            <span className={styles.ready}>
              <ReadyNote rooms={rooms} />
            </span>
          )}
        </div>
        <p className={styles.detail}>
          {lesson.grade} ·{' '}
          {t('today.by', { teacher: lesson.teacherName, organization: lesson.organizationName })} ·{' '}
          {t(`mode.${lesson.mode}`)}
          {substituteFor !== null && ` · ${t('timetable.substitutesFor', { name: substituteFor })}`}
        </p>
        {cancelled && (
          <p className={styles.detail}>{t('timetable.cancelledBecause', { reason: cancelled.reason })}</p>
        )}
        <p className={styles.detail}>
          {t('today.with', {
            rooms: lesson.remoteClassrooms.map(({ name }) => name).join(t('common.separator')),
          })}
          {replayMs !== null &&
            ` · ${t('today.replayLength', { minutes: Math.max(1, Math.round(replayMs / MINUTE_MS)) })}`}
        </p>
      </div>
      <Actions lesson={lesson} next={next} demo={demo} />
    </article>
  );
}

function Actions({ lesson, next, demo }: Omit<Props, 'now' | 'rooms'>) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { lessonId } = lesson;
  const queries = useQueryClient();
  const go = (path: string) => () => {
    // What is on this page already need not be asked for again on the next.
    queries.setQueryData(lessonQuery(lessonId).queryKey, lesson);
    void navigate(path);
  };
  const type = next ? 'primary' : 'default';
  const offer = offerOf(lesson);
  return (
    <div className={styles.actions}>
      {offer === 'enter' && (
        <Button
          type={type}
          size="large"
          data-testid={`enter-${lessonId}`}
          onClick={go(`/lessons/${lessonId}`)}
        >
          {t('today.enter')}
        </Button>
      )}
      {offer === 'desk' && (
        <Button
          type={type}
          size="large"
          data-testid={`desk-${lessonId}`}
          onClick={go(`/lessons/${lessonId}/desk`)}
        >
          {t('desk.enter')}
        </Button>
      )}
      {offer === 'watchLive' && (
        <Button
          type={type}
          size="large"
          data-testid={`watch-${lessonId}`}
          onClick={go(`/lessons/${lessonId}/replay`)}
        >
          {t('today.watchLive')}
        </Button>
      )}
      {offer === 'replay' && (
        <Button size="large" data-testid={`replay-${lessonId}`} onClick={go(`/lessons/${lessonId}/replay`)}>
          {t('today.replay')}
        </Button>
      )}
      {lesson.mode === 'open' && mayIn(lesson, 'class.steer') && lesson.state !== 'ready' && (
        <Button type="link" onClick={go(`/lessons/${lessonId}/live-stream`)}>
          {t('live.policy')}
        </Button>
      )}
      {lesson.state === 'live' && mayIn(lesson, 'replay.watch') && (
        <Button type="link" onClick={go(`/lessons/${lessonId}/replay?from=start`)}>
          {t('today.watchFromStart')}
        </Button>
      )}
      {mayOpenDesk(lesson) && (
        <Button type="link" data-testid={`desk-${lessonId}`} onClick={go(`/lessons/${lessonId}/desk`)}>
          {t('desk.open')}
        </Button>
      )}
      {demo && <DemoButton lesson={lesson} />}
      {next && offer === 'enter' && mayIn(lesson, 'media.publishCamera') && lesson.state !== 'live' && (
        <Button type="link" data-testid={`check-${lessonId}`} onClick={go(`/lessons/${lessonId}/check`)}>
          {t('check.link')}
        </Button>
      )}
    </div>
  );
}
