import { useQuery } from '@tanstack/react-query';
import { Alert, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Library.module.css';
import { LibraryHead } from './LibraryHead.tsx';
import { favouritesQuery } from './library-api.ts';
import { ResourceCard } from './ResourceCard.tsx';

/** What one has put aside. */
export const FavouritesPage = () => <SignedIn>{() => <Favourites />}</SignedIn>;

function Favourites() {
  const { t } = useTranslation();
  const { data, error } = useQuery(favouritesQuery);
  return (
    <LibraryHead title={t('library.tab.favourites')}>
      {error && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {!data && !error && <Skeleton active />}
      {data?.length === 0 && (
        <div className={styles.panel}>
          <Empty description={t('library.none.favourites')}>
            <ButtonLink kind="primary" to="/library">
              {t('library.toLibrary')}
            </ButtonLink>
          </Empty>
        </div>
      )}
      <div className={styles.cards}>
        {data?.map((card) => (
          <ResourceCard key={card.resourceId} card={card} />
        ))}
      </div>
    </LibraryHead>
  );
}
