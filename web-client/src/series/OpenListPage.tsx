import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OpenSeries } from '#protocol/series.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useWhen } from './LessonWhen.tsx';
import styles from './Series.module.css';
import { openSeriesListQuery } from './series-api.ts';

/** What is live first, then what comes next. */
function urgency({ lessons }: OpenSeries): number {
  if (lessons.some(({ state }) => state === 'live')) return 0;
  return lessons.find(({ state }) => state === 'upcoming')?.plannedStart ?? Number.MAX_SAFE_INTEGER;
}

/** Every published series, for everybody. */
export function OpenListPage() {
  const { t } = useTranslation();
  const { data, error } = useQuery(openSeriesListQuery);
  return (
    <>
      <PageHead title={t('series.openTitle')} lead={t('series.openLead')} />
      {error && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {data?.length === 0 && (
        <div className={styles.card}>
          <EmptyNote title={t('series.openNone')} hint={t('series.openNoneHint')} />
        </div>
      )}
      <div className={styles.grid}>
        {data
          ?.toSorted((one, other) => urgency(one) - urgency(other))
          .map((series) => (
            <Card key={series.seriesId} series={series} />
          ))}
      </div>
    </>
  );
}

function Card({ series }: { series: OpenSeries }) {
  const { t } = useTranslation();
  const when = useWhen();
  const { lessons } = series;
  const live = lessons.some(({ state }) => state === 'live');
  const next = lessons.find(({ state }) => state === 'upcoming');
  return (
    <Link to={`/open/${series.seriesId}`} className={styles.openCard} data-testid={`open-${series.seriesId}`}>
      <h2 className={styles.cardTitle}>
        <bdi>{series.title}</bdi>
      </h2>
      <p className={styles.quiet}>
        {series.organizationName} · {t('series.lessonCount', { count: lessons.length })}
      </p>
      <p className={styles.excerpt}>{series.summary}</p>
      {live ? (
        <Tag color="red">{t('series.liveNow')}</Tag>
      ) : (
        next && (
          <p className={styles.next}>
            {t('series.next', { when: when(next.plannedStart, next.plannedEnd) })}
          </p>
        )
      )}
    </Link>
  );
}
