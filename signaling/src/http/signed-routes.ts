import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Response, Router } from 'express';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { SignedAddresses } from '#platform/signed-address.ts';
import { AppError } from '#protocol/errors.ts';
import type { Programmes } from '../media/programmes.ts';
import { sendBlob } from './send-blob.ts';

const TYPES: Record<string, string> = {
  m3u8: 'application/vnd.apple.mpegurl',
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
  vtt: 'text/vtt',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  webm: 'video/webm',
};
const BYTES = 'application/octet-stream';
/** Where the files of a scope lie in the store. */
const FOLDERS: Record<string, string> = { tracks: 'recordings', files: 'resources' };
/** A track of an edited recording: its own playlists would name what was cut out. */
const UNLISTED = 'tracks';
/** Of others' make: opened by themselves they are a stranger's file on our address. */
const FOREIGN = ['courseware', 'files'];

/**
 * Everything that is played or shown, by addresses that carry their own permission: no session and no query. A proxy or
 * CDN that knows the secret may serve all but `resources/…` from the same folder (infra/nginx).
 */
export function signedRoutes(addresses: SignedAddresses, blobs: BlobStore, programmes: Programmes): Router {
  const router = Router();
  router.get('/s/*path', async (request, response) => {
    const { path } = request.params as unknown as { path: string[] };
    const permitted = addresses.check(path);
    if (!permitted) throw new AppError('ADDRESS_EXPIRED', 'this address is not valid, or not any more');
    const { scope, rest } = permitted;
    const [kind = '', ...ids] = scope;
    if (kind === 'resources') return await sendProgramme(response, programmes, ids, rest);
    const name = rest.at(-1) ?? '';
    // What was sent to the library may be of any kind; it is saved and never shown.
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? (kind === 'files' ? BYTES : undefined);
    if (!type || (kind === UNLISTED && name.endsWith('.m3u8')))
      throw new AppError('NOT_FOUND', 'no such file');
    if (FOREIGN.includes(kind)) {
      response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
      response.setHeader('Content-Disposition', 'attachment');
    }
    await sendBlob(request, response, blobs, [FOLDERS[kind] ?? kind, ...ids, ...rest].join('/'), type);
  });
  return router;
}

async function sendProgramme(
  response: Response,
  programmes: Programmes,
  [resourceId = '', version = '']: readonly string[],
  rest: readonly string[],
): Promise<void> {
  const name = rest.at(-1) ?? '';
  const isStream = rest[0] === 'programme';
  const content = isStream
    ? await programmes.streamFile(resourceId, Number(version), rest.slice(1))
    : await programmes.playlist(await programmes.at(resourceId, Number(version)), rest);
  response.setHeader(
    'Content-Type',
    TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
  );
  // Others wrote it: opened by itself nothing in it may run.
  if (name.endsWith('.vtt')) response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  // A playlist names addresses that die; a segment of a version never changes.
  response.setHeader(
    'Cache-Control',
    typeof content === 'string' ? 'private, no-store' : 'private, max-age=86400, immutable',
  );
  if (typeof content === 'string') return void response.send(content);
  response.setHeader(
    'Content-Length',
    content.reduce((sum, piece) => sum + piece.length, 0),
  );
  await pipeline(Readable.from(content), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
