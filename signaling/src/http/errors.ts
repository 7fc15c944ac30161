import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { isDatabaseAway } from '#platform/database/postgres.ts';
import type { Logger } from '#platform/logger.ts';
import { AppError } from '#protocol/errors.ts';
import type { Refusals } from '../audit/refusals.ts';

/** The one place where an error becomes an HTTP answer. @param refusals who tried what their role may not */
export function errorHandler(logger: Logger, refusals: Refusals | null = null): ErrorRequestHandler {
  return (thrown: unknown, request: Request, response: Response, next) => {
    if (response.headersSent) return next(thrown);
    const error = fromBodyParser(thrown) ?? fromDatabase(thrown) ?? AppError.from(thrown);
    if (error.status >= 500) logger.error({ err: thrown, path: request.path }, 'a request failed');
    if (error.code === 'FORBIDDEN') refusals?.note(request);
    response.status(error.status).json({ error: error.toBody() });
  };
}

export const notFound: RequestHandler = () => {
  throw new AppError('NOT_FOUND', 'no such route');
};

function fromDatabase(thrown: unknown): AppError | null {
  if (thrown instanceof AppError || !isDatabaseAway(thrown)) return null;
  return new AppError('DATABASE_AWAY', 'the database does not answer', { cause: thrown });
}

/** express and its body parser throw errors of their own kind, with a status. */
function fromBodyParser(thrown: unknown): AppError | null {
  const status = (thrown as { status?: unknown } | null)?.status;
  if (thrown instanceof AppError || typeof status !== 'number') return null;
  if (status === 413) return new AppError('TOO_LARGE', 'the body is too large');
  if (status === 415) return new AppError('UNSUPPORTED_MEDIA', 'the body has an unknown encoding');
  return status < 500 ? new AppError('BAD_REQUEST', 'the request cannot be read') : null;
}
