import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Library.module.css';
import { LibraryHead } from './LibraryHead.tsx';
import { playlistsQuery } from './library-api.ts';
import { PlaylistDialog } from './PlaylistDialog.tsx';

/** One's own playlists. */
export const PlaylistsPage = () => <SignedIn>{() => <Lists />}</SignedIn>;

function Lists() {
  const { t } = useTranslation();
  const [naming, setNaming] = useState(false);
  const { data, error } = useQuery(playlistsQuery);
  const create = (
    <Button type="primary" icon={<IconPlus size={measure.icon} />} onClick={() => setNaming(true)}>
      {t('library.list.new')}
    </Button>
  );
  return (
    <LibraryHead title={t('library.tab.playlists')} actions={data && data.length > 0 && create}>
      {error && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {!data && !error && <Skeleton active />}
      {data?.length === 0 && (
        <div className={styles.panel}>
          <Empty description={t('library.none.playlists')}>{create}</Empty>
        </div>
      )}
      <div className={styles.lists}>
        {data?.map(({ playlistId, title, count, shared, description }) => (
          <Link key={playlistId} to={`/library/playlists/${playlistId}`} className={styles.list}>
            <span className={styles.listTitle}>
              <bdi>{title}</bdi>
            </span>
            {description && <span className={styles.quiet}>{description}</span>}
            <span className={styles.quiet}>
              {t('library.list.count', { count })}
              {shared && ` · ${t('library.list.isShared')}`}
            </span>
          </Link>
        ))}
      </div>
      {naming && <PlaylistDialog onClose={() => setNaming(false)} onSaved={() => setNaming(false)} />}
    </LibraryHead>
  );
}
