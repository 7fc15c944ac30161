import { QueryClient } from '@tanstack/react-query';
import { ERRORS, type ErrorCode } from '#protocol/errors.ts';
import { ApiError } from './api-error.ts';

const MAX_ATTEMPTS = 4;

function mayRetry(thrown: Error): boolean {
  const { code } = ApiError.from(thrown);
  return code === 'NETWORK' || (code in ERRORS && ERRORS[code as ErrorCode].retry);
}

/** What the pages remember of the platform's answers. Signing in or out empties it. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (attempts, error) => attempts < MAX_ATTEMPTS && mayRetry(error),
      retryDelay: (attempt) => Math.min(8_000, 500 * 2 ** attempt),
    },
  },
});
