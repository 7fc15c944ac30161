import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import type { Session } from '#protocol/session.ts';
import { sessionQuery } from '../api/queries.ts';
import { cameInAnew } from '../app/use-account.ts';

/** Only a path of this very site: a link that someone sends must not lead away after signing in. */
export const safePath = (next: string | null): string =>
  next && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '/';

/** What a page does with a session it was given: remembers it, and goes on once nothing is missing. */
export function useCameIn(next: string): (session: Session) => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useCallback(
    async (session) => {
      cameInAnew(queries);
      // What the last person saw is not this one's to see.
      queries.removeQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'about' && queryKey[0] !== 'session',
      });
      queries.setQueryData(sessionQuery.queryKey, session);
      if (session.account) await navigate(next, { replace: true });
    },
    [queries, navigate, next],
  );
}
