import { useQuery } from '@tanstack/react-query';
import type { Account } from '#protocol/domain.ts';
import { ApiError } from '../api/api-error.ts';
import { sessionQuery } from '../api/queries.ts';
import type { PageErrorCode } from '../i18n/errors.ts';

export type AccountState =
  | { state: 'asking' }
  | { state: 'failed'; code: PageErrorCode; retry: () => void }
  | { state: 'stranger' }
  | { state: 'known'; account: Account };

/** Who is signed in at this browser. */
export function useAccount(): AccountState {
  const { data, error, refetch } = useQuery(sessionQuery);
  if (data?.account) return { state: 'known', account: data.account };
  if (data) return { state: 'stranger' };
  if (error) return { state: 'failed', code: ApiError.from(error).code, retry: () => void refetch() };
  return { state: 'asking' };
}
