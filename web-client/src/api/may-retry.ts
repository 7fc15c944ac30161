import { ERRORS, type ErrorCode } from '#protocol/errors.ts';
import { ApiError } from './api-error.ts';

/** Whether a call that failed so may succeed when it is made again: nothing about the question was wrong. */
export function mayRetry(thrown: unknown): boolean {
  const { code } = ApiError.from(thrown);
  return code === 'NETWORK' || (code in ERRORS && ERRORS[code as ErrorCode].retry);
}
