import { IconLock, IconMovieOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useParams } from 'react-router';
import { isProgramme, type Resource } from '#protocol/resource.ts';
import { ApiError } from '../api/api-error.ts';
import { resourceFilesQuery, resourceQuery, resourceReplayQuery } from '../api/resource-queries.ts';
import { RefusedPage } from '../classroom/RefusedPage.tsx';
import { libraryApi } from '../library/library-api.ts';
import { measure } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Message } from '../ui/Message.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { FileView } from './FileView.tsx';
import { filmReplay } from './film.ts';
import { PasswordForm } from './PasswordForm.tsx';
import { subjectOfResource } from './subject.ts';
import { Watched } from './Watched.tsx';

/** A resource of the library, for everybody whom it reaches: signed in, with its password, or with neither. */
export function ResourcePage() {
  const { resourceId = '' } = useParams();
  return <Opened key={resourceId} resourceId={resourceId} />;
}

function Opened({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const resource = useQuery(resourceQuery(resourceId));
  if (resource.isPending) return <Waiting page="stage" />;
  if (resource.error && !resource.data) {
    const { code } = ApiError.from(resource.error);
    if (code === 'NOT_SIGNED_IN')
      return <Navigate replace to={`/sign-in?next=${encodeURIComponent(pathname)}`} />;
    if (code !== 'PASSWORD_NEEDED') return <RefusedPage code={code} />;
    return (
      <Message
        page="stage"
        icon={<IconLock size={measure.logo} aria-hidden="true" />}
        title={t('replay.password.title')}
      >
        <PasswordForm resourceId={resourceId} onOpened={() => void resource.refetch()} />
      </Message>
    );
  }
  if (isProgramme(resource.data.kind)) return <Programme resource={resource.data} />;
  return <Files resource={resource.data} />;
}

function Programme({ resource }: { resource: Resource }) {
  const replay = useQuery(resourceReplayQuery(resource.resourceId));
  if (replay.error && !replay.data) return <RefusedPage code={ApiError.from(replay.error).code} />;
  if (!replay.data) return <Waiting page="stage" />;
  if (replay.data.tracks.length === 0) return <Nothing title={resource.title} />;
  return <Watched subject={subjectOfResource(resource)} replay={replay.data} />;
}

function Files({ resource }: { resource: Resource }) {
  const files = useQuery(resourceFilesQuery(resource.resourceId));
  const playable = files.data?.playable ?? null;
  const film = useMemo(
    () => (playable === null ? null : filmReplay(resource, playable)),
    [resource, playable],
  );
  const { resourceId } = resource;
  const there = files.data !== undefined;
  useEffect(() => {
    // A programme's plays are counted where its replay is asked for; who reads a file asks for none.
    if (there) void libraryApi.played(resourceId).catch(() => {});
  }, [there, resourceId]);
  if (files.error && !files.data) return <RefusedPage code={ApiError.from(files.error).code} />;
  if (!files.data) return <Waiting page="stage" />;
  if (film) return <Watched subject={subjectOfResource(resource)} replay={film} />;
  if (resource.kind === 'film') return <Nothing title={resource.title} />;
  return <FileView resource={resource} files={files.data} />;
}

function Nothing({ title }: { title: string }) {
  const { t } = useTranslation();
  return (
    <Message
      page="stage"
      icon={<IconMovieOff size={measure.logo} aria-hidden="true" />}
      title={title}
      actions={
        <ButtonLink kind="primary" to="/">
          {t('common.backToToday')}
        </ButtonLink>
      }
    >
      {t('replay.noProgramme')}
    </Message>
  );
}
