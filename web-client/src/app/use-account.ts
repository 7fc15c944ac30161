import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Account } from '#protocol/domain.ts';
import { ApiError } from '../api/api-error.ts';
import { sessionQuery } from '../api/queries.ts';
import type { PageErrorCode } from '../i18n/errors.ts';

export type AccountState =
  | { state: 'asking' }
  | { state: 'failed'; code: PageErrorCode; retry: () => void }
  /** `ended`: why, where somebody was signed in. */
  | { state: 'stranger'; ended: PageErrorCode | null }
  | { state: 'known'; account: Account };

/** Where somebody was signed in since the page was opened, and what to say when they are not any more. */
const known = new WeakMap<QueryClient, PageErrorCode | null>();
/** They go themselves: nothing has to be said. */
export const leftByThemselves = (queries: QueryClient): void => void known.set(queries, null);
/** Somebody has come in: what was said before is over. */
export const cameInAnew = (queries: QueryClient): void => void known.delete(queries);
export function endedBecause(queries: QueryClient, code: PageErrorCode): void {
  if (known.get(queries)) known.set(queries, code);
}

/** Who is signed in at this browser. */
export function useAccount(): AccountState {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(sessionQuery);
  if (data?.account) {
    if (!known.has(queries)) known.set(queries, 'SESSION_ENDED');
    return { state: 'known', account: data.account };
  }
  if (data) return { state: 'stranger', ended: data.needs ? null : (known.get(queries) ?? null) };
  if (error) return { state: 'failed', code: ApiError.from(error).code, retry: () => void refetch() };
  return { state: 'asking' };
}
