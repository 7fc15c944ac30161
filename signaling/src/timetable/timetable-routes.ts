import { type Request, Router } from 'express';
import { sql } from 'kysely';
import { z } from 'zod';
import { ClashDraft } from '#protocol/clashes.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { type OfficeAction, scopeOf } from '#protocol/office.ts';
import {
  CancelLesson,
  type LessonPlan,
  MakeTerm,
  MoveLesson,
  PlanLesson,
  RestoreLesson,
  SubstituteLesson,
  WeekExportQuery,
  type WeekLesson,
  WeekQuery,
  type WeekRoom,
} from '#protocol/timetable.ts';
import { type Actor, actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import { type Concerned, toldOfLesson } from '../notice/told-of-lesson.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { sendTable } from '../office/table-export.ts';
import type { ClashReach } from './clash-parties.ts';
import { clashesOf } from './clashes.ts';
import { LessonDesk } from './lesson-desk.ts';
import { historyOf } from './lesson-history.ts';
import type { LessonMaker } from './make-lessons.ts';
import { makeTerm } from './make-term.ts';
import { choicesOf } from './plan-check.ts';
import { schoolWeek, timetableSchools } from './school-week.ts';
import { standingClashes } from './standing-clashes.ts';
import { weekLessons } from './week-lessons.ts';
import { weekTable } from './week-table.ts';

/** Pairings whose lessons are made in one request: the next asks for more, and the page shows how far it is. */
const PAIRINGS_AT_ONCE = 8;
/** The three ways to plan a lesson. */
const PLANNING = ['timetable.edit', 'invitation.edit', 'series.edit'] as const;
const OfSchool = z.object({ organizationId: Id });

/** A school's week and changes of its lessons; see `protocol/timetable.ts`. */
export function timetableRoutes(
  parts: OfficeParts,
  maker: LessonMaker,
  clock: () => number = Date.now,
): Router {
  const { db, config, office, audit } = parts;
  const router = Router();
  const { timeZone } = config.school;
  const week = { db, office, timeZone, now: clock };
  const desk = new LessonDesk({ ...week, audit });

  router.get('/timetable/schools', async (request, response) => {
    response.json(await timetableSchools(week, accountOf(request)));
  });

  router.get('/timetable/week', async (request, response) => {
    const account = accountOf(request);
    const query = WeekQuery.parse(request.query);
    await office.mustMay(account, 'timetable.see', query.organizationId);
    response.json(await schoolWeek(week, account, query));
  });

  router.get('/timetable/export', async (request, response) => {
    const account = accountOf(request);
    const { format, ...query } = WeekExportQuery.parse(request.query);
    await office.mustMay(account, 'timetable.see', query.organizationId);
    const found = await schoolWeek(week, account, query);
    await audit.write(actorOf(request), {
      action: 'table.exported',
      organizationId: query.organizationId,
      detail: { table: 'timetable', monday: found.monday, rows: found.lessons.length },
    });
    await sendTable(response, weekTable(found, format));
  });

  router.get('/timetable/choices', async (request, response) => {
    const account = accountOf(request);
    const { organizationId } = OfSchool.parse(request.query);
    await office.mustMay(account, 'timetable.edit', organizationId);
    response.json(await choicesOf(db, account, organizationId));
  });

  router.post('/timetable/clashes', async (request, response) => {
    const account = accountOf(request);
    const draft = ClashDraft.parse(request.body);
    response.json(await clashesOf(week, account, draft, await clashReach(account, draft.organizationId)));
  });

  /** Whoever plans lessons there asks; a programme is of its school alone. @throws AppError FORBIDDEN, NOT_FOUND */
  async function clashReach(account: Account, organizationId: Id): Promise<ClashReach> {
    for (const action of PLANNING)
      if (await office.may(account, action, organizationId))
        return action === 'series.edit' ? 'own' : 'county';
    const held = PLANNING.find((action) => scopeOf(account.role, action));
    throw new AppError(held ? 'NOT_FOUND' : 'FORBIDDEN', 'no timetable to plan');
  }

  router.get('/timetable/clashes', async (request, response) => {
    const account = accountOf(request);
    const { organizationId } = OfSchool.parse(request.query);
    await office.mustMay(account, 'timetable.edit', organizationId);
    response.json(await standingClashes(week, account, organizationId));
  });

  router.post('/timetable/lessons', async (request, response) => {
    const plan = PlanLesson.parse(request.body);
    await office.mustMay(accountOf(request), 'timetable.edit', plan.organizationId);
    const lessonId = await desk.plan(actor(request), plan);
    response.status(201).json(await one(accountOf(request), lessonId, plan.organizationId));
  });

  /** The lesson of the address, where its school's timetable may be seen or edited. */
  async function permitted(request: Request, action: OfficeAction): Promise<{ lessonId: Id; school: Id }> {
    const lessonId = Id.parse(request.params.lessonId);
    const row = await db
      .selectFrom('lesson')
      .select('organization_id')
      .where('id', '=', lessonId)
      .executeTakeFirst();
    await office.mustMay(accountOf(request), action, row?.organization_id ?? null);
    return { lessonId, school: row!.organization_id };
  }

  async function one(account: Account, lessonId: Id, school: Id): Promise<WeekLesson> {
    const [lesson] = await weekLessons(week, account, school, sql<boolean>`lesson.id = ${lessonId}`);
    return lesson!;
  }

  /**
   * The lesson of the address and a school in whose week the caller sees it: its own, or that of a room which sits in
   * it. @throws AppError FORBIDDEN, NOT_FOUND
   */
  async function visible(request: Request): Promise<{ lessonId: Id; school: Id }> {
    const account = accountOf(request);
    const lessonId = Id.parse(request.params.lessonId);
    const seen = (column: string) => office.where(account, 'timetable.see', column);
    const held = await db
      .selectFrom('lesson')
      .select('organization_id')
      .where('id', '=', lessonId)
      .where(seen('organization_id'))
      .executeTakeFirst();
    const sitting = await db
      .selectFrom('lesson_remote')
      .innerJoin('classroom', 'classroom.id', 'lesson_remote.classroom_id')
      .select('classroom.organization_id')
      .where('lesson_remote.lesson_id', '=', lessonId)
      .where(seen('classroom.organization_id'))
      .orderBy('lesson_remote.position')
      .executeTakeFirst();
    const school = (held ?? sitting)?.organization_id;
    if (!school) throw new AppError('NOT_FOUND', 'no such lesson');
    return { lessonId, school };
  }

  router.get('/lessons/:lessonId/plan', async (request, response) => {
    const { lessonId, school } = await visible(request);
    const lesson = await one(accountOf(request), lessonId, school);
    const concerns = await toldOfLesson(db, lessonId, concernsOf(lesson));
    const plan: LessonPlan = { lesson, history: await historyOf(db, lessonId), concerns };
    response.json(plan);
  });

  router.post('/lessons/:lessonId/move', async (request, response) => {
    const { lessonId, school } = await permitted(request, 'timetable.edit');
    await desk.move(actor(request), lessonId, MoveLesson.parse(request.body));
    response.json(await one(accountOf(request), lessonId, school));
  });

  router.post('/lessons/:lessonId/substitute', async (request, response) => {
    const { lessonId, school } = await permitted(request, 'timetable.edit');
    await desk.substitute(actor(request), lessonId, SubstituteLesson.parse(request.body));
    response.json(await one(accountOf(request), lessonId, school));
  });

  router.post('/lessons/:lessonId/cancel', async (request, response) => {
    const { lessonId, school } = await permitted(request, 'timetable.edit');
    const { version, reason } = CancelLesson.parse(request.body);
    await desk.cancel(actor(request), lessonId, version, reason);
    response.json(await one(accountOf(request), lessonId, school));
  });

  router.post('/lessons/:lessonId/restore', async (request, response) => {
    const { lessonId, school } = await permitted(request, 'timetable.edit');
    await desk.restore(actor(request), lessonId, RestoreLesson.parse(request.body));
    response.json(await one(accountOf(request), lessonId, school));
  });

  router.post('/pairings/:pairingId/lessons', async (request, response) => {
    const pairingId = Id.parse(request.params.pairingId);
    const pairing = await db
      .selectFrom('pairing')
      .select('organization_id')
      .where('id', '=', pairingId)
      .executeTakeFirst();
    await office.mustMay(accountOf(request), 'timetable.edit', pairing?.organization_id ?? null);
    const lessons = await db.transaction().execute((trx) => maker.make(pairingId, trx, causeOf(request)));
    await audit.write(actorOf(request), {
      action: 'timetable.changed',
      organizationId: pairing!.organization_id,
      object: { kind: 'pairing', id: pairingId },
      detail: { what: 'made', ...lessons },
    });
    response.json(lessons);
  });

  router.post('/timetable/terms/:termId/lessons', async (request, response) => {
    const termId = Id.parse(request.params.termId);
    const { organizationId, after } = MakeTerm.parse(request.body);
    await office.mustMay(accountOf(request), 'timetable.edit', organizationId);
    const made = await makeTerm(
      db,
      maker,
      { organizationId, termId, after },
      { atOnce: PAIRINGS_AT_ONCE, cause: causeOf(request) },
    );
    await audit.write(actorOf(request), {
      action: 'timetable.changed',
      organizationId,
      object: { kind: 'term', id: termId },
      detail: { what: 'made', ...made },
    });
    response.json(made);
  });

  return router;
}

const causeOf = (request: Request) => ({ by: accountOf(request).accountId });

const actor = (request: Request): Actor & { account: Account } => ({
  ...actorOf(request),
  account: accountOf(request),
});

/** In whose own week a lesson stands. */
function concernsOf({ teacher, master, remotes, organizationName }: WeekLesson): Concerned[] {
  const ofRoom = ({ classroom, classGroup, assistant, organizationName }: WeekRoom): Concerned[] => [
    ...(classGroup
      ? [{ kind: 'classGroup' as const, accountId: null, name: classGroup.name, organizationName }]
      : []),
    { kind: 'classroom' as const, accountId: classroom.id, name: classroom.name, organizationName },
    ...(assistant
      ? [{ kind: 'assistant' as const, accountId: assistant.id, name: assistant.name, organizationName }]
      : []),
  ];
  return [
    { kind: 'teacher', accountId: teacher.id, name: teacher.name, organizationName },
    ...ofRoom(master),
    ...remotes.flatMap(ofRoom),
  ];
}
