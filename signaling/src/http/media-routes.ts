import { type Request, Router } from 'express';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { may } from '#protocol/permission.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import type { RecordingRepository } from '../room/recording-repository.ts';
import { accountOf } from './guards.ts';
import { sendBlob } from './send-blob.ts';

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
    await sendBlob(request, response, blobs, ['recordings', recordingId, ...path].join('/'), type);
  });
  return router;
}
