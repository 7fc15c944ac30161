import { type Request, Router } from 'express';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { derivedId } from '#platform/ids.ts';
import { UploadQuery } from '#protocol/courseware.ts';
import type { Account, Lesson } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { type LessonRole, may } from '#protocol/permission.ts';
import type { Participant } from '#protocol/timeline.ts';
import type { Courseware } from '../courseware/courseware.ts';
import { blobKey } from '../courseware/parts.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import { mustMay } from '../lesson/must-may.ts';
import { accountOf } from './guards.ts';
import { sendBlob } from './send-blob.ts';

/** How long the rest of a refused file is swallowed, so that its sender hears the reason and not a cut line. */
const SWALLOW_MS = 5_000;

/** The way in for courseware. */
export function coursewareRoutes(courseware: Courseware, lessons: LessonRepository): Router {
  const router = Router();

  router.post('/lessons/:lessonId/documents', async (request, response) => {
    try {
      const account = accountOf(request);
      const lesson = await lessons.find(Id.parse(request.params.lessonId), account);
      if (!lesson) throw new AppError('NOT_FOUND', 'no such lesson');
      mustMay(lesson, 'board.upload');
      const query = UploadQuery.parse(request.query);
      if (Number(request.headers['content-length'] ?? 0) > courseware.maxBytes)
        throw new AppError('FILE_TOO_LARGE', 'the file is too large');
      const document = await courseware.take(lesson.lessonId, actorOf(lesson, account), request, query);
      response.status(201).json({ document });
    } catch (error) {
      swallow(request);
      throw error;
    }
  });
  return router;
}

/** The line stays open meanwhile: closing it breaks the sender's writing before it has read the reason. */
function swallow(request: Request): void {
  if (request.readableEnded || request.destroyed) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), SWALLOW_MS);
  request.once('close', () => clearTimeout(timer));
}

/** Who an account is in the lesson's room, whether it sits there or not. */
function actorOf({ lessonId, role, helpsAccountId }: Lesson, account: Account): Participant {
  const { accountId, kind, name, organizationName } = account;
  return {
    participantId: derivedId('participant', lessonId, accountId),
    accountId,
    kind,
    name,
    organizationName,
    role: role as LessonRole,
    helpsParticipantId: helpsAccountId && derivedId('participant', lessonId, helpsAccountId),
  };
}

const TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  mp4: 'video/mp4',
  webm: 'video/webm',
};

/** The way out: what lies under the ink, for those who may read the lesson. */
export function coursewareMedia(blobs: BlobStore, lessons: LessonRepository): Router {
  const router = Router();
  router.get('/courseware/:lessonId/:documentId/:file', async (request, response) => {
    const { lessonId, documentId, file } = request.params;
    const role = await lessons.roleOf(Id.parse(lessonId), accountOf(request));
    if (!may(role, 'timeline.read')) throw new AppError('NOT_FOUND', 'no such file');
    const type = TYPES[file.slice(file.lastIndexOf('.') + 1)];
    if (!type) throw new AppError('NOT_FOUND', 'no such file');
    // Opened by itself it is a stranger's file on our address: nothing in it may run, and it is saved, not shown.
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('Content-Disposition', 'attachment');
    await sendBlob(request, response, blobs, blobKey(lessonId, Id.parse(documentId), file), type);
  });
  return router;
}
