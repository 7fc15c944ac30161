import { type Request, Router } from 'express';
import type { Lesson } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { POLICIES } from '#protocol/policy.ts';
import { RecordingChange, type RecordingPlan } from '#protocol/rest.ts';
import { type Audit, actorOf } from '../audit/audit.ts';
import { organizationOfLesson } from '../audit/note.ts';
import type { Db } from '../database/database.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import { mustMay } from '../lesson/must-may.ts';
import type { NodePool } from '../node/node-pool.ts';
import type { Rooms } from '../room/rooms.ts';
import { accountOf } from './guards.ts';

export interface RecordingRouteServices {
  lessons: LessonRepository;
  rooms: Pick<Rooms, 'get'>;
  recorders: Pick<NodePool<'recorder'>, 'pick'>;
  db: Db;
  audit: Audit;
}

/** Whether a lesson is recorded: asked and decided before it begins, or while it runs. */
export function recordingRoutes({ lessons, rooms, recorders, db, audit }: RecordingRouteServices): Router {
  const router = Router();

  async function permitted(request: Request): Promise<Lesson> {
    const lesson = await lessons.find(Id.parse(request.params.lessonId), accountOf(request));
    if (!lesson) throw new AppError('NOT_FOUND', 'no such lesson');
    mustMay(lesson, 'record.control');
    // A finished lesson has no room any more, and nothing left to decide.
    if (lesson.state === 'ended' || lesson.state === 'ready')
      throw new AppError('WRONG_STATE', 'the lesson is over');
    return lesson;
  }

  async function planOf({ lessonId, mode }: Lesson): Promise<RecordingPlan> {
    const { recordingPolicy } = await rooms.get(lessonId);
    const recorder = recorders.pick();
    return {
      policy: recordingPolicy,
      usual: POLICIES[mode].recording,
      recorderReady: recorder !== null,
      diskFreeBytes: recorder?.heartbeat?.detail.diskFreeBytes ?? null,
    };
  }

  router.get('/lessons/:lessonId/recording', async (request, response) => {
    response.json(await planOf(await permitted(request)));
  });

  router.put('/lessons/:lessonId/recording', async (request, response) => {
    const lesson = await permitted(request);
    const { policy } = RecordingChange.parse(request.body);
    const room = await rooms.get(lesson.lessonId);
    await room.setRecordingPolicy(policy, accountOf(request).accountId);
    const { lessonId } = lesson;
    await audit.write(actorOf(request), {
      ...{ action: 'lesson.recorded', organizationId: await organizationOfLesson(db, lessonId) },
      ...{ object: { kind: 'lesson', id: lessonId }, detail: { policy } },
    });
    response.json(await planOf(lesson));
  });

  return router;
}
