import { type Request, Router } from 'express';
import type { Config } from '#platform/config.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { type LessonRole, may } from '#protocol/permission.ts';
import { asPublished } from '#protocol/published.ts';
import type { Resource } from '#protocol/resource.ts';
import { ReplayQuery, ResourceTimelineQuery, type StreamAddress } from '#protocol/rest.ts';
import { type Audit, actorOf } from '../audit/audit.ts';
import { organizationOfLesson } from '../audit/note.ts';
import type { Db } from '../database/database.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import type { SoundMix } from '../media/sound-mix.ts';
import type { ReplayService, Watching } from '../replay/replay-service.ts';
import type { View, ViewLog } from '../replay/view-log.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';
import { accountOf, viewerOf } from './guards.ts';

export interface ReplayRouteServices {
  lessons: LessonRepository;
  resources: ResourceRepository;
  access: ResourceAccess;
  timelines: TimelineStore;
  replays: ReplayService;
  mix: SoundMix;
  views: ViewLog;
  db: Db;
  audit: Audit;
  watermark: Config['media']['watermark'];
}

/** What is played, for whom, and that it was. */
export function replayRoutes(services: ReplayRouteServices): Router {
  const { lessons, resources, access, timelines, replays, mix, views } = services;
  const router = Router();

  const watching = (request: Request, account: Account | null): Watching => ({
    native: ReplayQuery.parse(request.query).player === 'native',
    watermark:
      services.watermark === 'none' || !account ? null : `${account.organizationName} ${account.name}`,
  });

  async function opened(
    request: Request,
    view: Omit<View, 'address'>,
    organizationId: string | null,
  ): Promise<boolean> {
    const isNew = await views.opened({ ...view, address: request.ip ?? '' });
    const { lessonId, resourceId } = view;
    const object = lessonId ? { kind: 'lesson', id: lessonId } : { kind: 'resource', id: resourceId! };
    if (isNew)
      await services.audit.write(actorOf(request), { action: 'replay.viewed', organizationId, object });
    return isNew;
  }

  router.get('/lessons/:lessonId/replay', async (request, response) => {
    const account = accountOf(request);
    const lesson = await lessons.find(Id.parse(request.params.lessonId), account);
    if (!lesson) throw new AppError('NOT_FOUND', 'no such lesson');
    if (!may(lesson.role as LessonRole, 'replay.watch'))
      throw new AppError('FORBIDDEN', `${lesson.role} may not replay.watch`);
    const replay = await replays.ofLesson(lesson, watching(request, account));
    const { lessonId } = lesson;
    const whose = await organizationOfLesson(services.db, lessonId);
    await opened(request, { lessonId, resourceId: null, accountId: account.accountId }, whose);
    response.json(replay);
  });

  router.get('/resources/:resourceId/replay', async (request, response) => {
    const { account, resource } = await watched(request);
    const replay = await replays.ofResource(resource, watching(request, account));
    const { resourceId } = resource;
    const accountId = account?.accountId ?? null;
    const isNew = await opened(request, { resourceId, accountId, lessonId: null }, resource.organizationId);
    if (isNew) await resources.countPlay(resourceId, viewerOf(request, accountId));
    response.json(replay);
  });

  router.get('/resources/:resourceId/timeline', async (request, response) => {
    const { resource } = await watched(request);
    const { recordingId } = ResourceTimelineQuery.parse(request.query);
    const clip = resource.programme?.clips.find((one) => one.recordingId === recordingId);
    if (!clip || !resource.programme) throw new AppError('NOT_FOUND', 'not a part of this resource');
    const events = await timelines.read(clip.lessonId);
    const reach = resource.may.includes('resource.edit') ? 'classes' : resource.reach;
    response.json(asPublished(events, resource.programme, recordingId, reach));
  });

  router.post('/resources/:resourceId/stream', async (request, response) => {
    const { resource } = await watched(request);
    if (!resource.programme) throw new AppError('NOT_FOUND', 'this resource is not a programme');
    for (const { recordingId } of resource.programme.clips) mix.ask(recordingId);
    response.status(201).json(replays.streamOf(resource) satisfies StreamAddress);
  });

  async function watched(request: Request): Promise<{ account: Account | null; resource: Resource }> {
    const account = request.res?.locals.account ?? null;
    const resource = await access.permitted(
      Id.parse(request.params.resourceId),
      account,
      'resource.watch',
      request.headers.cookie,
    );
    return { account, resource };
  }

  return router;
}
