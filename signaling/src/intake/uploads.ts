import { EVENTS, Server } from '@tus/server';
import type { Request } from 'express';
import { newId } from '#platform/ids.ts';
import type { Logger } from '#platform/logger.ts';
import { AppError } from '#protocol/errors.ts';
import { UPLOADS_PATH } from '#protocol/intake.ts';
import type { Intakes } from './intakes.ts';
import { isFull } from './upload-store.ts';

interface TusRefusal {
  status_code: number;
  body: string;
}

/** tus 1.0.0: what a browser sends in pieces, and goes on with after a reload or a restart of either side. */
export function uploadServer(
  intakes: Intakes,
  accountOf: (request: Request) => { accountId: string },
  logger: Logger,
) {
  const server = new Server({
    path: UPLOADS_PATH,
    datastore: intakes.store,
    relativeLocation: true,
    allowedOrigins: [],
    disableTerminationForFinishedUploads: true,
    maxSize: intakes.maxBytes,
    namingFunction: () => newId(),
    onUploadCreate: async (request, { id, size, metadata }) => {
      if (size === undefined) throw new AppError('BAD_REQUEST', 'the length has to be known');
      const node = (request as { runtime?: { node?: { req: unknown } } }).runtime?.node?.req as Request;
      const account = accountOf(node) as Parameters<Intakes['begin']>[1];
      await intakes.begin(id, account, { name: metadata?.filename ?? '', bytes: size });
      return {};
    },
    onUploadFinish: async (_, { id }) => {
      await intakes.arrived(id);
      return {};
    },
    onResponseError: (request, thrown) =>
      refusalOf(thrown, () => logger.error({ err: thrown, url: request.url }, 'an upload failed')),
  });
  server.on(EVENTS.POST_RECEIVE, (_, { id }) => void intakes.touch(id).catch(() => undefined));
  return server;
}

/** tus's own refusals keep their status and get our shape; everything else is ours. */
function refusalOf(thrown: Error | TusRefusal, log: () => void): TusRefusal {
  // The stream's own error may come before the store's word for it.
  const full = isFull(thrown) ? new AppError('STORAGE_FULL', 'no space left for uploads') : null;
  const known =
    thrown instanceof AppError ? thrown : (full ?? byStatus((thrown as Partial<TusRefusal>).status_code));
  const error = known ?? AppError.from(thrown);
  if (error.code === 'INTERNAL') log();
  const status = (thrown as Partial<TusRefusal>).status_code ?? error.status;
  return { status_code: status, body: JSON.stringify({ error: error.toBody() }) };
}

function byStatus(status: number | undefined): AppError | null {
  switch (status) {
    case undefined:
      return null;
    case 404:
    case 410:
      return new AppError('NOT_FOUND', 'no such upload');
    case 409:
      return new AppError('OVERTAKEN', 'the upload is at another place');
    case 413:
      return new AppError('LIBRARY_FILE_TOO_LARGE', 'the file is too large');
    case 500:
      return new AppError('INTERNAL', 'the upload failed');
    default:
      return new AppError('BAD_REQUEST', 'not a tus request');
  }
}
