import { errors } from 'mediasoup';
import { AppError } from '#protocol/errors.ts';

/**
 * Runs one mediasoup call and gives its failure a code. `isGone` tells whether the thing it was called on
 * has been closed meanwhile: then the parameters are not to blame. Everything else that mediasoup refuses
 * (duplicated SSRC, unknown codec, broken fingerprint) it refuses because of what it was given.
 */
export async function mediaCall<T>(isGone: () => boolean, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    throw toAppError(thrown, isGone());
  }
}

function toAppError(thrown: unknown, gone: boolean): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (gone || thrown instanceof errors.NotFoundError || thrown instanceof errors.WorkerClosedError)
    return new AppError('MEDIA_GONE', message, { cause: thrown });
  if (thrown instanceof errors.UnsupportedError)
    return new AppError('UNSUPPORTED_MEDIA', message, { cause: thrown });
  return new AppError('BAD_REQUEST', message, { cause: thrown });
}
