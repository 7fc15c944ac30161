import { useQuery } from '@tanstack/react-query';
import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { ResourceList } from './ResourceList.tsx';
import styles from './Review.module.css';
import { queueQuery } from './review-api.ts';

/** What waits for a reviewer of the school or the bureau, the longest waiting first. */
export function QueuePage() {
  return <SignedIn>{() => <Queue />}</SignedIn>;
}

function Queue() {
  const { t } = useTranslation();
  const { data, error } = useQuery(queueQuery);
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('review.queueTitle')}</h1>
        <p className={styles.lead}>{t('review.queueLead')}</p>
      </header>
      <section className={styles.card}>
        {error && <ErrorNote code={ApiError.from(error).code} />}
        {data?.length === 0 ? (
          <Empty description={t('review.queueEmpty')} />
        ) : (
          data && (
            <ResourceList
              resources={data}
              withAuthor
              actions={({ resourceId, state }) => (
                <Link to={`/resources/${resourceId}/review`}>
                  {t(state === 'submitted' || state === 'schoolPassed' ? 'review.begin' : 'review.toPublish')}
                </Link>
              )}
            />
          )
        )}
      </section>
    </>
  );
}
