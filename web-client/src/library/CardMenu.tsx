import { IconDots, IconHeart, IconHeartFilled, IconPlaylistAdd, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LibraryCard } from '#protocol/search.ts';
import { ApiError } from '../api/api-error.ts';
import { useAccount } from '../app/use-account.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Library.module.css';
import { favouritesQuery, libraryApi, playlistsQuery } from './library-api.ts';
import { PlaylistDialog } from './PlaylistDialog.tsx';

/** What one may do with a resource in a list: keep it, put it into a playlist. */
export function CardMenu({ card }: { card: LibraryCard }) {
  const asked = useAccount();
  return asked.state === 'known' ? <Menu card={card} /> : null;
}

function Menu({ card }: { card: LibraryCard }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [naming, setNaming] = useState(false);
  const favourites = useQuery({ ...favouritesQuery, enabled: open });
  const playlists = useQuery({ ...playlistsQuery, enabled: open });
  const { resourceId } = card;
  const kept = favourites.data?.some((one) => one.resourceId === resourceId) ?? false;
  const settled = {
    onError: (error: Error) => void message.warning(<ErrorNote code={ApiError.from(error).code} />),
    onSettled: () => queries.invalidateQueries({ queryKey: ['library'] }),
  };
  const keep = useMutation({
    mutationFn: (to: boolean) => libraryApi.keep(resourceId, to),
    onSuccess: (_, to) => void message.success(t(to ? 'library.kept' : 'library.unkept')),
    ...settled,
  });
  const add = useMutation({
    mutationFn: (playlistId: string) => libraryApi.addToPlaylist(playlistId, resourceId),
    onSuccess: (_, playlistId) => {
      const list = playlists.data?.find((one) => one.playlistId === playlistId);
      void message.success(t('library.added', { list: list?.title ?? t('library.playlist') }));
    },
    ...settled,
  });
  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        onOpenChange={setOpen}
        menu={{
          items: [
            {
              key: 'keep',
              icon: kept ? <IconHeartFilled size={measure.icon} /> : <IconHeart size={measure.icon} />,
              label: t(kept ? 'library.unkeep' : 'library.keep'),
              onClick: () => keep.mutate(!kept),
            },
            { type: 'divider' },
            ...(playlists.data ?? []).map(({ playlistId, title }) => ({
              key: playlistId,
              icon: <IconPlaylistAdd size={measure.icon} />,
              label: t('library.addTo', { list: title }),
              onClick: () => add.mutate(playlistId),
            })),
            {
              key: 'new',
              icon: <IconPlus size={measure.icon} />,
              label: t('library.addToNew'),
              onClick: () => setNaming(true),
            },
          ],
        }}
      >
        <Button
          type="text"
          className={styles.menu}
          icon={<IconDots size={measure.icon} />}
          aria-label={t('library.menu', { title: card.title })}
          data-testid="card-menu"
        />
      </Dropdown>
      {naming && (
        <PlaylistDialog
          onClose={() => setNaming(false)}
          onSaved={({ playlistId }) => add.mutate(playlistId)}
        />
      )}
    </>
  );
}
