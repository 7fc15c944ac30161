import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import type { BlobRange, BlobStore } from '#platform/blob-store/blob-store.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { may } from '#protocol/permission.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import type { RecordingRepository } from '../room/recording-repository.ts';
import { accountOf } from './guards.ts';

const TYPES: Record<string, string> = {
  m3u8: 'application/vnd.apple.mpegurl',
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
};

/** How long a yes is remembered: a player asks for a segment every second or two. */
const ALLOWED_MS = 10_000;

/** Playlists and segments of recordings, for those who may watch them. */
export function mediaRoutes(
  blobs: BlobStore,
  recordings: RecordingRepository,
  lessons: LessonRepository,
): Router {
  const router = Router();
  const allowed = new Map<string, number>();

  async function mustMayWatch(request: Request, recordingId: string): Promise<void> {
    const account = accountOf(request);
    const key = `${account.accountId} ${recordingId}`;
    if ((allowed.get(key) ?? 0) > Date.now()) return;
    const recording = await recordings.find(Id.parse(recordingId));
    const role = recording ? await lessons.roleOf(recording.lessonId, account) : 'stranger';
    if (!may(role, 'replay.watch')) throw new AppError('NOT_FOUND', 'no such recording');
    if (allowed.size > 10_000) allowed.clear();
    allowed.set(key, Date.now() + ALLOWED_MS);
  }

  router.get('/recordings/:recordingId/*path', async (request, response) => {
    const { recordingId, path } = request.params as unknown as { recordingId: string; path: string[] };
    await mustMayWatch(request, recordingId);
    const name = path.at(-1) ?? '';
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (!type) throw new AppError('NOT_FOUND', 'not a part of a replay');
    await send(request, response, blobs, ['recordings', recordingId, ...path].join('/'), type);
  });
  return router;
}

async function send(request: Request, response: Response, blobs: BlobStore, key: string, type: string) {
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
