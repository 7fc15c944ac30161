import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { mayRetry } from './may-retry.ts';

const MAX_ATTEMPTS = 4;

const ENDED = new Set<string>(['NOT_SIGNED_IN', 'SECOND_FACTOR_NEEDED', 'NEW_PASSWORD_NEEDED']);

/** The platform does not know this browser any more: asking who is signed in brings every page to the sign-in. */
function noticeEnd(error: Error): void {
  if (!ENDED.has(ApiError.from(error).code)) return;
  const session = queryClient.getQueryData<{ account: unknown }>(['session']);
  if (session?.account) void queryClient.invalidateQueries({ queryKey: ['session'] });
}

/** What the pages remember of the platform's answers. Signing in or out empties it. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (attempts, error) => attempts < MAX_ATTEMPTS && mayRetry(error),
      retryDelay: (attempt) => Math.min(8_000, 500 * 2 ** attempt),
    },
  },
});
