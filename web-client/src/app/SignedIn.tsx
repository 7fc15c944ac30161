import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { isRoomHere } from '../room/room-memory.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Message } from '../ui/Message.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { useAccount } from './use-account.ts';

interface Props {
  page?: 'stage' | 'office';
  children: (account: Account) => ReactNode;
}

/** Draws its children for whoever is signed in; sends everybody else to sign in, and back here afterwards. */
export function SignedIn({ page, children }: Props) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const asked = useAccount();
  switch (asked.state) {
    case 'asking':
      return <Waiting page={page} />;
    case 'stranger':
      // A room has no account to type.
      if (page === 'stage' && isRoomHere()) return <Navigate replace to="/room" />;
      return (
        <Navigate
          replace
          to={`/sign-in?next=${encodeURIComponent(pathname)}${asked.ended ? `&problem=${asked.ended}` : ''}`}
        />
      );
    case 'failed':
      return (
        <Message
          page={page}
          title={t('common.loading')}
          actions={
            <Button kind="primary" onClick={asked.retry}>
              {t('common.retry')}
            </Button>
          }
        >
          <ErrorNote code={asked.code} />
        </Message>
      );
    case 'known':
      return children(asked.account);
  }
}
