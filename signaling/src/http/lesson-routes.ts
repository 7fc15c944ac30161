import { Router } from 'express';
import { derivedId } from '#platform/ids.ts';
import { type Audience, allShown, isDesk } from '#protocol/audience.ts';
import { type Account, type Lesson, mayPlanDemo } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { type Action, type LessonRole, may } from '#protocol/permission.ts';
import { LessonQuery, StateChange, TimelineQuery } from '#protocol/rest.ts';
import { type Audit, actorOf } from '../audit/audit.ts';
import { organizationOfLesson } from '../audit/note.ts';
import type { Db } from '../database/database.ts';
import type { IngestKeys } from '../lesson/ingest-keys.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import { mustMay } from '../lesson/must-may.ts';
import type { RosterRepository } from '../lesson/roster-repository.ts';
import type { Rooms } from '../room/rooms.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';
import { accountOf } from './guards.ts';

export interface LessonRouteServices {
  lessons: LessonRepository;
  rooms: Rooms;
  timelines: TimelineStore;
  ingestKeys: IngestKeys;
  rosters: RosterRepository;
  db: Db;
  audit: Audit;
  /** Plays the demo film into a lesson; null where nothing can. */
  playDemo: ((lessonId: Id) => void) | null;
  /** Plans one more demo lesson that begins now; null where the demo is off. */
  planDemo: (() => Promise<Id>) | null;
}

const ACTION_TO: Record<StateChange['to'], Action> = {
  open: 'lesson.open',
  live: 'lesson.start',
  ended: 'lesson.end',
};

export function lessonRoutes(services: LessonRouteServices): Router {
  const { lessons, rooms, timelines, ingestKeys, playDemo, planDemo } = services;
  const router = Router();

  /** The lesson, if this account may do `action` there. Who may not even see it hears that it does not exist. */
  async function permitted(lessonId: unknown, account: Account, action: Action): Promise<Lesson> {
    const lesson = await lessons.find(Id.parse(lessonId), account);
    if (!lesson) throw new AppError('NOT_FOUND', 'no such lesson');
    mustMay(lesson, action);
    return lesson;
  }

  router.get('/lessons', async (request, response) => {
    const { from, to } = LessonQuery.parse(request.query);
    const start = from === undefined ? midnight() : new Date(from);
    const end = to === undefined ? new Date(start.getTime() + 86_400_000) : new Date(to);
    response.json(await lessons.between(start, end, accountOf(request)));
  });

  router.get('/lessons/:lessonId', async (request, response) => {
    response.json(await permitted(request.params.lessonId, accountOf(request), 'lesson.see'));
  });

  router.post('/lessons/:lessonId/state', async (request, response) => {
    const account = accountOf(request);
    const { to } = StateChange.parse(request.body);
    const lesson = await permitted(request.params.lessonId, account, ACTION_TO[to]);
    await rooms.changeState(lesson, to, account);
    await services.audit.write(actorOf(request), {
      ...{ action: 'lesson.moved', organizationId: await organizationOfLesson(services.db, lesson.lessonId) },
      ...{ object: { kind: 'lesson', id: lesson.lessonId }, detail: { to } },
    });
    response.json(await lessons.find(lesson.lessonId, account));
  });

  router.post('/lessons/:lessonId/ingest-keys', async (request, response) => {
    const account = accountOf(request);
    const { lessonId } = await permitted(request.params.lessonId, account, 'lesson.ingest');
    response.status(201).json(await ingestKeys.create(lessonId, account.accountId));
  });

  router.post('/lessons/:lessonId/demo', async (request, response) => {
    const lesson = await permitted(request.params.lessonId, accountOf(request), 'lesson.demo');
    if (!playDemo) throw new AppError('NOT_READY', 'this server has no demo film');
    if (lesson.state === 'ended' || lesson.state === 'ready')
      throw new AppError('WRONG_STATE', 'the lesson is over');
    playDemo(lesson.lessonId);
    response.status(202).json({});
  });

  router.post('/demo/lessons', async (request, response) => {
    const account = accountOf(request);
    if (!planDemo) throw new AppError('NOT_FOUND', 'the demo is off');
    if (!mayPlanDemo(account)) throw new AppError('FORBIDDEN', `${account.role} may not plan lessons`);
    const lesson = await lessons.find(await planDemo(), account);
    if (!lesson) throw new AppError('FORBIDDEN', 'a demo lesson was planned, but this account is not in it');
    response.status(201).json(lesson);
  });

  router.get('/lessons/:lessonId/timeline', async (request, response) => {
    const account = accountOf(request);
    const lesson = await permitted(request.params.lessonId, account, 'timeline.read');
    const events = await timelines.read(lesson.lessonId, TimelineQuery.parse(request.query).after);
    const audience = readerOf(lesson, account);
    response.json(allShown(events, audience));
  });

  router.get('/lessons/:lessonId/roster', async (request, response) => {
    const account = accountOf(request);
    const lesson = await permitted(request.params.lessonId, account, 'class.rollCall');
    const rosters = await services.rosters.ofLesson(lesson.lessonId);
    const own = lesson.helpsAccountId ?? account.accountId;
    const all = may(lesson.role as LessonRole, 'class.steer');
    response.json(all ? rosters : rosters.filter(({ classroomAccountId }) => classroomAccountId === own));
  });

  return router;
}

/** Who reads a lesson's timeline outside its room. */
function readerOf({ lessonId, role, helpsAccountId }: Lesson, { accountId }: Account): Audience {
  const own = [accountId, helpsAccountId]
    .filter((id) => id !== null)
    .map((id) => derivedId('participant', lessonId, id));
  return { desk: isDesk(role as LessonRole), own };
}

function midnight(): Date {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate());
}
