import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NowLesson } from '#protocol/alarm.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { NowCard } from './NowCard.tsx';
import styles from './NowPage.module.css';
import { nowQuery } from './now-api.ts';

type Part = 'trouble' | 'running' | 'soon' | 'later' | 'over';
const PARTS: readonly Part[] = ['trouble', 'running', 'soon', 'later', 'over'];

function partOf({ state, alarms }: NowLesson): Part {
  if (alarms.some(({ to }) => to === null)) return 'trouble';
  switch (state) {
    case 'running':
      return 'running';
    case 'soon':
    case 'due':
      return 'soon';
    case 'planned':
      return 'later';
    case 'over':
    case 'missed':
    case 'cancelled':
      return 'over';
  }
}

/** Today's lessons of one's schools as a board: what is in trouble stands first, with what to do about it. */
export function NowPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, error } = useQuery(nowQuery);
  const parts = Map.groupBy(data?.lessons ?? [], partOf);
  return (
    <>
      <PageHead
        title={t('now.title')}
        lead={
          data && t('now.lead', { date: longDate(data.now, language), clock: clockTime(data.now, language) })
        }
      />
      {error && (
        <Alert
          className={styles.note}
          type="warning"
          showIcon
          title={<ErrorNote code={ApiError.from(error).code} />}
        />
      )}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {data && data.lessons.length === 0 && (
        <div className={styles.calm}>
          <EmptyNote title={t('now.none')} hint={t('now.noneHint')} />
        </div>
      )}
      {data && data.lessons.length > 0 && !parts.has('trouble') && (
        <p className={styles.calm} role="status">
          <strong>{t('now.calm')}</strong>
          <span className={styles.quiet}>{t('now.calmHint')}</span>
        </p>
      )}
      {data &&
        PARTS.map((part) => {
          const lessons = parts.get(part);
          return (
            lessons && (
              <section key={part} className={styles.part} data-testid={`now-${part}`}>
                <h2 className={styles.heading}>
                  {t(`now.${part}`)}{' '}
                  <span className={styles.quiet}>{t('now.count', { count: lessons.length })}</span>
                </h2>
                <div className={styles.list}>
                  {lessons.map((lesson) => (
                    <NowCard key={lesson.lessonId} lesson={lesson} now={data.now} />
                  ))}
                </div>
              </section>
            )
          );
        })}
    </>
  );
}
