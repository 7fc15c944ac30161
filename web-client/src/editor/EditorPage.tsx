import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Message } from '../ui/Message.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { Editor } from './Editor.tsx';
import { deskQuery } from './editor-api.ts';

/** Editing a resource that is made of recordings, after the lesson. */
export function EditorPage() {
  const { resourceId = '' } = useParams();
  return (
    <SignedIn page="stage">
      {(account) => <Opening key={resourceId} resourceId={resourceId} account={account} />}
    </SignedIn>
  );
}

function Opening({ resourceId, account }: { resourceId: string; account: Account }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(deskQuery(resourceId));
  if (data) return <Editor desk={data} account={account} />;
  if (!error) return <Waiting page="stage" />;
  const { code } = ApiError.from(error);
  const isGone = code === 'NOT_FOUND' || code === 'FORBIDDEN' || code === 'BAD_REQUEST';
  return (
    <Message
      page="stage"
      title={t(isGone ? 'editor.refused' : 'editor.failed')}
      actions={
        <>
          {!isGone && <Button onClick={() => void refetch()}>{t('common.retry')}</Button>}
          <ButtonLink kind="primary" to="/">
            {t('common.backToToday')}
          </ButtonLink>
        </>
      }
    >
      {isGone ? t('editor.refusedWhy') : <ErrorNote code={code} />}
    </Message>
  );
}
