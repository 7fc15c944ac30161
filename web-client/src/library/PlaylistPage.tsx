import { IconArrowDown, IconArrowUp, IconLink, IconPencil, IconTrash, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { PlaylistPage as Page } from '#protocol/shelf.ts';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './Library.module.css';
import { LibraryHead } from './LibraryHead.tsx';
import { libraryApi, playlistQuery } from './library-api.ts';
import { moved } from './moved.ts';
import { PlaylistDialog } from './PlaylistDialog.tsx';
import { RefusedNote } from './RefusedNote.tsx';
import { ResourceCard } from './ResourceCard.tsx';

/** A playlist: to its owner with what changes it, to everybody else who has its address when it is shared. */
export function PlaylistPage() {
  const { playlistId = '' } = useParams();
  const { data, error } = useQuery(playlistQuery(playlistId));
  if (error && !data) return <RefusedNote code={ApiError.from(error).code} />;
  if (!data) return <Waiting page="office" />;
  return (
    <App>
      <List page={data} />
    </App>
  );
}

function List({ page }: { page: Page }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { playlistId, own, items } = page;
  const arrange = useMutation({
    mutationFn: (order: readonly string[]) => libraryApi.arrange(playlistId, order),
    onSuccess: (next) => queries.setQueryData(playlistQuery(playlistId).queryKey, next),
    onError: (error) => void message.warning(<ErrorNote code={ApiError.from(error).code} />),
  });
  const ids = items.map(({ card }) => card.resourceId);
  const takeOut = (index: number) => {
    arrange.mutate(ids.toSpliced(index, 1));
    void message.open({
      type: 'info',
      duration: 10,
      content: (
        <>
          {t('library.list.takenOut')}{' '}
          <Button type="link" onClick={() => arrange.mutate(ids)}>
            {t('library.undo')}
          </Button>
        </>
      ),
    });
  };
  return (
    <LibraryHead
      title={page.title}
      lead={
        <>
          {page.description && <p>{page.description}</p>}
          <p>
            {page.ownerName} · {page.organizationName} · {t('library.list.count', { count: page.count })}
          </p>
        </>
      }
      actions={own && <OwnActions page={page} />}
    >
      {items.length === 0 && (
        <div className={styles.panel}>
          <Empty description={t(own ? 'library.none.list' : 'library.none.othersList')}>
            <ButtonLink kind="primary" to="/library">
              {t('library.toLibrary')}
            </ButtonLink>
          </Empty>
        </div>
      )}
      <ol className={styles.rows}>
        {items.map(({ card, progress }, index) => (
          <li key={card.resourceId} className={styles.item}>
            <span className={styles.number}>{index + 1}</span>
            <ResourceCard card={card} shape="row" progress={progress}>
              {own && (
                <div className={styles.actions}>
                  <Button
                    size="small"
                    icon={<IconArrowUp size={measure.thumb} />}
                    disabled={index === 0 || arrange.isPending}
                    onClick={() => arrange.mutate(moved(ids, index, index - 1))}
                  >
                    {t('library.list.up')}
                  </Button>
                  <Button
                    size="small"
                    icon={<IconArrowDown size={measure.thumb} />}
                    disabled={index === items.length - 1 || arrange.isPending}
                    onClick={() => arrange.mutate(moved(ids, index, index + 1))}
                  >
                    {t('library.list.down')}
                  </Button>
                  <Button size="small" icon={<IconX size={measure.thumb} />} onClick={() => takeOut(index)}>
                    {t('library.list.takeOut')}
                  </Button>
                </div>
              )}
            </ResourceCard>
          </li>
        ))}
      </ol>
    </LibraryHead>
  );
}

function OwnActions({ page }: { page: Page }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [naming, setNaming] = useState(false);
  const { playlistId, title, shared } = page;
  const again = () => queries.invalidateQueries({ queryKey: ['library', 'playlists'] });
  const restore = useMutation({
    mutationFn: () => libraryApi.restorePlaylist(playlistId),
    onSuccess: () => void navigate(`/library/playlists/${playlistId}`),
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: () => libraryApi.removePlaylist(playlistId),
    onSuccess: () => {
      void navigate('/library/playlists');
      void message.open({
        type: 'info',
        duration: 10,
        content: (
          <>
            {t('library.list.removed', { title })}{' '}
            <Button type="link" onClick={() => restore.mutate()}>
              {t('library.undo')}
            </Button>
          </>
        ),
      });
    },
    onSettled: again,
  });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      void message.success(t('library.list.copied'));
    } catch {
      // An insecure page has no clipboard.
      void message.info(location.href, 10);
    }
  };
  return (
    <>
      {shared && (
        <Button icon={<IconLink size={measure.icon} />} onClick={() => void copy()}>
          {t('library.list.copy')}
        </Button>
      )}
      <Button icon={<IconPencil size={measure.icon} />} onClick={() => setNaming(true)}>
        {t('library.list.change')}
      </Button>
      <Button icon={<IconTrash size={measure.icon} />} onClick={() => remove.mutate()}>
        {t('library.list.remove')}
      </Button>
      {naming && <PlaylistDialog playlist={page} onClose={() => setNaming(false)} onSaved={() => again()} />}
    </>
  );
}
