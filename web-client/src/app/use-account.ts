import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Account } from '#protocol/domain.ts';
import { ApiError } from '../api/api-error.ts';
import { sessionQuery } from '../api/queries.ts';
import type { PageErrorCode } from '../i18n/errors.ts';

export type AccountState =
  | { state: 'asking' }
  | { state: 'failed'; code: PageErrorCode; retry: () => void }
  | { state: 'stranger'; ended: boolean }
  | { state: 'known'; account: Account };

/** Where somebody was signed in since the page was opened, and has not left by themselves. */
const known = new WeakSet<QueryClient>();
export const leftByThemselves = (queries: QueryClient): void => void known.delete(queries);

/** Who is signed in at this browser. */
export function useAccount(): AccountState {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(sessionQuery);
  if (data?.account) {
    known.add(queries);
    return { state: 'known', account: data.account };
  }
  if (data) return { state: 'stranger', ended: known.has(queries) && !data.needs };
  if (error) return { state: 'failed', code: ApiError.from(error).code, retry: () => void refetch() };
  return { state: 'asking' };
}
