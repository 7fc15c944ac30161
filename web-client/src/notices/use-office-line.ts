import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { OFFICE_NAMESPACE, OfficeMessage } from '#protocol/notice.ts';
import type { Session, SessionEnd } from '#protocol/session.ts';
import { sessionQuery } from '../api/queries.ts';
import { endedBecause } from '../app/use-account.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import { noticesQuery, unreadQuery } from './notices-api.ts';

const WORDS: Record<SessionEnd, PageErrorCode> = {
  signedOut: 'SIGNED_OUT',
  elsewhere: 'SIGNED_OUT_ELSEWHERE',
  password: 'PASSWORD_CHANGED',
  disabled: 'ACCOUNT_DISABLED',
  rights: 'RIGHTS_CHANGED',
  role: 'RIGHTS_CHANGED',
  device: 'SESSION_ENDED',
  secondFactor: 'SESSION_ENDED',
};

/** The office's line: new notices and the end of the session are on the page at once. */
export function useOfficeLine({ accountId, role, organizationId }: Account): void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  // biome-ignore lint/correctness/useExhaustiveDependencies: as another role it is another line.
  useEffect(() => {
    let close = () => {};
    let closed = false;
    const ask = () => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    // No page waits for it: it comes after what is to be seen.
    void import('socket.io-client').then(({ io }) => {
      if (closed) return;
      const socket = io(OFFICE_NAMESPACE, { transports: ['websocket'] });
      close = () => void socket.close();
      socket.on('message', (raw: unknown) => {
        const message = OfficeMessage.safeParse(raw);
        if (!message.success) return;
        if (message.data.type === 'notices') {
          queries.setQueryData(unreadQuery.queryKey, message.data.unread);
          void queries.invalidateQueries({ queryKey: noticesQuery.queryKey });
        } else {
          socket.close();
          void over(queries, message.data.reason, () => navigate('/'));
        }
      });
      socket.on('disconnect', (reason) => {
        if (reason === 'io server disconnect') ask();
      });
      socket.on('connect_error', (error) => {
        if ('data' in error) ask();
      });
    });
    return () => {
      closed = true;
      close();
    };
  }, [queries, navigate, accountId, role, organizationId]);
}

/** Takes the page away from who is signed in no more; who acts as another role of theirs begins anew as that. */
async function over(queries: QueryClient, reason: SessionEnd, toToday: () => unknown): Promise<void> {
  const { queryKey, queryFn } = sessionQuery;
  const known = queries.getQueryData(queryKey);
  if (reason === 'role' || reason === 'rights') {
    const now = await queries.fetchQuery({ queryKey, queryFn, staleTime: 0 }).catch(() => null);
    if (now?.account) {
      queries.removeQueries({
        predicate: ({ queryKey: [topic] }) => topic !== 'about' && topic !== 'session',
      });
      return void toToday();
    }
  }
  endedBecause(queries, WORDS[reason]);
  if (known) queries.setQueryData(queryKey, { ...known, ...NOBODY });
}

const NOBODY: Pick<Session, 'account' | 'grants' | 'needs' | 'name' | 'sessionId' | 'expiresAt'> = {
  ...{ account: null, grants: [], needs: null, name: null, sessionId: null, expiresAt: null },
};
