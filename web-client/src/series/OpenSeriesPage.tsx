import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { OpenLesson, OpenSeries } from '#protocol/series.ts';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Message } from '../ui/Message.tsx';
import { SharedText } from '../ui/SharedText.tsx';
import { topicOf } from '../ui/topic-of.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { LessonWhen } from './LessonWhen.tsx';
import styles from './Series.module.css';
import { openSeriesQuery } from './series-api.ts';

/** One series as everybody sees it: what comes, what is live, what can be watched again. */
export function OpenSeriesPage() {
  const { seriesId = '' } = useParams();
  const { t } = useTranslation();
  const { data, error } = useQuery(openSeriesQuery(seriesId));
  const others = <Link to="/open">{t('series.all')}</Link>;
  if (!data && !error) return <Waiting />;
  if (!data) {
    const { code } = ApiError.from(error);
    return (
      <Message title={t('series.missing')} actions={others}>
        {code === 'NOT_FOUND' || code === 'BAD_REQUEST' ? t('series.missingLead') : <ErrorNote code={code} />}
      </Message>
    );
  }
  if (data.state === 'withdrawn')
    return (
      <Message title={t('series.gone')} actions={others}>
        {t('series.goneLead', { title: data.title, school: data.organizationName })}
      </Message>
    );
  return <Shown series={data} />;
}

function Shown({ series }: { series: OpenSeries }) {
  const { t } = useTranslation();
  const { seriesId, title, summary, organizationName, lessons } = series;
  return (
    <>
      <Link to="/open">{t('series.all')}</Link>
      <PageHead
        title={title}
        lead={`${organizationName} · ${t('series.lessonCount', { count: lessons.length })}`}
        action={
          <Button
            href={`/api/open/${seriesId}/calendar.ics`}
            icon={<IconCalendarPlus size={measure.icon} stroke={1.5} />}
          >
            {t('series.calendar')}
          </Button>
        }
      />
      {summary && (
        <section className={styles.card}>
          <SharedText text={summary} lines />
        </section>
      )}
      <ul className={join(styles.lessons, styles.card)}>
        {lessons.map((lesson) => (
          <li key={lesson.lessonId} className={styles.lesson}>
            <div className={styles.lessonWords}>
              <strong className={styles.lessonTitle}>
                {lesson.subject} <bdi>{topicOf(lesson)}</bdi>
              </strong>
              <span className={join(styles.quiet, lesson.state === 'cancelled' && styles.cancelled)}>
                <LessonWhen {...lesson} />
              </span>
              <span className={styles.quiet}>
                {lesson.grade} · {lesson.teacherName}
              </span>
            </div>
            <Way lesson={lesson} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where the lesson can be watched now, or what to wait for. */
function Way({ lesson: { lessonId, state, streamed, resourceId } }: { lesson: OpenLesson }) {
  const { t } = useTranslation();
  if (state === 'live')
    return (
      <Link to={`/live/${lessonId}`} className={styles.live}>
        {t('series.watch')}
      </Link>
    );
  if (state === 'replay')
    return (
      <Link to={`/resources/${resourceId}`} className={styles.watch}>
        {t('series.replay')}
      </Link>
    );
  if (state === 'upcoming')
    return streamed ? (
      <Link to={`/live/${lessonId}`} className={styles.quiet}>
        {t('series.willStream')}
      </Link>
    ) : (
      <span className={styles.quiet}>{t('series.notStreamed')}</span>
    );
  return <span className={styles.quiet}>{t(`series.lessonState.${state}`)}</span>;
}
