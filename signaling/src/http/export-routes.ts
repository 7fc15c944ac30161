import { type Request, Router } from 'express';
import { AppError } from '#protocol/errors.ts';
import { ExportRequest } from '#protocol/export.ts';
import { Id } from '#protocol/ids.ts';
import { type LessonRole, may } from '#protocol/permission.ts';
import { type Audit, actorOf } from '../audit/audit.ts';
import { organizationOfLesson } from '../audit/note.ts';
import type { Db } from '../database/database.ts';
import type { Exports } from '../exports/exports.ts';
import type { JobRow } from '../jobs/job-repository.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import type { ResourceAccess } from '../resource/access.ts';
import { accountOf } from './guards.ts';

export interface ExportRouteServices {
  exports: Exports;
  access: ResourceAccess;
  lessons: LessonRepository;
  db: Db;
  audit: Audit;
}

/** MP4s on request, for those who may export the resource or the lesson. */
export function exportRoutes({ exports, access, lessons, db, audit }: ExportRouteServices): Router {
  const router = Router();

  const resourceOf = (request: Request, resourceId: unknown) =>
    access.permitted(Id.parse(resourceId), accountOf(request), 'resource.export');

  async function lessonOf(request: Request, lessonId: unknown) {
    const lesson = await lessons.find(Id.parse(lessonId), accountOf(request));
    if (!lesson) throw new AppError('NOT_FOUND', 'no such lesson');
    if (!may(lesson.role as LessonRole, 'lesson.export'))
      throw new AppError('FORBIDDEN', `${lesson.role} may not lesson.export`);
    return lesson;
  }

  /** The export, if this account may export what it is of. */
  async function permitted(request: Request): Promise<JobRow> {
    accountOf(request);
    const job = await exports.find(Id.parse(request.params.exportId));
    if (job.resourceId) await resourceOf(request, job.resourceId);
    else await lessonOf(request, job.lessonId);
    return job;
  }

  router.get('/resources/:resourceId/exports', async (request, response) => {
    const { resourceId } = await resourceOf(request, request.params.resourceId);
    response.json(await exports.list({ resourceId }));
  });

  router.post('/resources/:resourceId/exports', async (request, response) => {
    const resource = await resourceOf(request, request.params.resourceId);
    const asked = ExportRequest.parse(request.body);
    const object = { kind: 'resource', id: resource.resourceId };
    const { organizationId } = resource;
    await audit.write(actorOf(request), {
      action: 'resource.exported',
      organizationId,
      object,
      detail: asked,
    });
    response.status(202).json(await exports.request({ resource }, asked, accountOf(request)));
  });

  router.get('/lessons/:lessonId/exports', async (request, response) => {
    const { lessonId } = await lessonOf(request, request.params.lessonId);
    response.json(await exports.list({ lessonId }));
  });

  router.post('/lessons/:lessonId/exports', async (request, response) => {
    const { lessonId } = await lessonOf(request, request.params.lessonId);
    const asked = ExportRequest.parse(request.body);
    const object = { kind: 'lesson', id: lessonId };
    const organizationId = await organizationOfLesson(db, lessonId);
    await audit.write(actorOf(request), {
      action: 'resource.exported',
      organizationId,
      object,
      detail: asked,
    });
    response.status(202).json(await exports.request({ lessonId }, asked, accountOf(request)));
  });

  router.get('/exports/:exportId', async (request, response) => {
    response.json(await exports.show((await permitted(request)).jobId));
  });

  router.post('/exports/:exportId/cancel', async (request, response) => {
    response.json(await exports.cancel((await permitted(request)).jobId));
  });

  router.post('/exports/:exportId/retry', async (request, response) => {
    response.json(await exports.retry((await permitted(request)).jobId));
  });

  return router;
}
