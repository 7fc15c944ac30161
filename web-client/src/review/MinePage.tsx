import { useQuery } from '@tanstack/react-query';
import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isProgramme, type Resource } from '#protocol/resource.ts';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { ResourceList } from './ResourceList.tsx';
import styles from './Review.module.css';
import { mineQuery } from './review-api.ts';

/** What a teacher has made: drafts, what is being reviewed, what is out. */
export function MinePage() {
  return <SignedIn>{() => <Mine />}</SignedIn>;
}

function Mine() {
  const { t } = useTranslation();
  const { data, error } = useQuery(mineQuery);
  const next = ({ resourceId, state, kind }: Resource) => (
    <>
      {(state === 'draft' || state === 'withdrawn') && isProgramme(kind) && (
        <Link to={`/resources/${resourceId}/edit`}>{t('review.edit')}</Link>
      )}
      <Link to={`/resources/${resourceId}/review`}>
        {t(state === 'draft' ? 'review.toSubmit' : 'review.progress')}
      </Link>
    </>
  );
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('review.mineTitle')}</h1>
        <p className={styles.lead}>{t('review.mineLead')}</p>
      </header>
      <section className={styles.card}>
        {error && <ErrorNote code={ApiError.from(error).code} />}
        {data?.length === 0 ? (
          <Empty description={t('review.mineEmpty')}>
            <Link to="/" className={styles.link}>
              {t('common.backToToday')}
            </Link>
          </Empty>
        ) : (
          data && <ResourceList resources={data} actions={next} />
        )}
      </section>
    </>
  );
}
