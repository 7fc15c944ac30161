import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { BlobRange, BlobStore } from '#platform/blob-store/blob-store.ts';

/** Sends a blob, whole or the range that was asked for. Who may have it was decided before. */
export async function sendBlob(
  request: Request,
  response: Response,
  blobs: BlobStore,
  key: string,
  type: string,
): Promise<void> {
  const { bytes, modifiedMs } = await blobs.info(key);
  // Segments never change; playlists grow until the bell.
  const fixed = !key.endsWith('.m3u8');
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', fixed ? 'private, max-age=86400, immutable' : 'private, no-cache');
  response.setHeader('Last-Modified', new Date(modifiedMs).toUTCString());
  response.setHeader('Accept-Ranges', 'bytes');
  const range = rangeOf(request, bytes);
  if (range) {
    response.status(206);
    response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${bytes}`);
  }
  response.setHeader('Content-Length', range ? range.end - range.start + 1 : bytes);
  if (request.method === 'HEAD') return void response.end();
  await pipeline(await blobs.open(key, range ?? undefined), response).catch(
    (error: NodeJS.ErrnoException) => {
      // The player went away in the middle: nothing to tell anybody.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    },
  );
}

/** One byte range (RFC 9110 §14); anything else is answered whole, as the RFC allows. */
function rangeOf(request: Request, bytes: number): BlobRange | null {
  const ranges = request.range(bytes);
  if (!Array.isArray(ranges) || ranges.type !== 'bytes' || ranges.length !== 1) return null;
  return ranges[0] ?? null;
}
