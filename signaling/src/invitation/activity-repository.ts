import { type SqlBool, sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import { dayAndMinuteOf } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';
import type { Id, WallMs } from '#protocol/ids.ts';
import type { Activity, ActivityChange, ActivityDraft, Guest, GuestPart } from '#protocol/invitation.ts';
import type { Db } from '../database/database.ts';
import { tellingOfLesson, tellOfLesson } from '../notice/lesson-news.ts';
import { pictureOf } from '../notice/lesson-picture.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { overtaken } from '../office/overtaken.ts';
import { mustKnowClashes } from '../timetable/clash-guard.ts';
import { countyOf, invitable, roomsWithin } from './county.ts';
import { courseFor } from './course-for.ts';
import { timesOf } from './lesson-times.ts';
import type { RubricRepository } from './rubric-repository.ts';
import { activityRows, shownOf } from './shown.ts';

export interface ActivityParts {
  db: Db;
  office: OfficeAccess;
  rubrics: RubricRepository;
  timeZone: string;
  clock: () => WallMs;
}

/** Master lessons, as who invites to them sees and changes them. */
export class ActivityRepository {
  readonly #db: Db;
  readonly #office: OfficeAccess;
  readonly #rubrics: RubricRepository;
  readonly #timeZone: string;
  readonly #clock: () => WallMs;

  constructor({ db, office, rubrics, timeZone, clock }: ActivityParts) {
    this.#db = db;
    this.#office = office;
    this.#rubrics = rubrics;
    this.#timeZone = timeZone;
    this.#clock = clock;
  }

  /** Those of the account's schools that begin within `[from, to)`, in order of time. */
  async between(account: Account, from: Date, to: Date): Promise<Activity[]> {
    return await this.#read(sql`${this.#office.where(account, 'invitation.edit', 'lesson.organization_id')}
      and lesson.planned_start >= ${from} and lesson.planned_start < ${to}`);
  }

  /** @throws AppError NOT_FOUND when it is none of the account's schools'. */
  async find(account: Account, lessonId: Id): Promise<Activity> {
    const [activity] = await this.#read(sql`lesson.id = ${lessonId}`);
    await this.#office.mustMay(account, 'invitation.edit', activity?.organizationId ?? null);
    return activity!;
  }

  async make(account: Account, draft: ActivityDraft): Promise<Activity> {
    const { organizationId, subject, grade } = draft;
    await this.#office.mustMay(account, 'invitation.edit', organizationId);
    const { start, end } = timesOf(draft, this.#timeZone, this.#clock());
    await this.#check(organizationId, draft);
    await this.#mustKnowClashes(account, organizationId, null, draft);
    const lessonId = newId();
    await this.#db.transaction().execute(async (trx) => {
      await trx
        .insertInto('lesson')
        .values({
          id: lessonId,
          organization_id: organizationId,
          course_id: await courseFor(trx, { organizationId, subject, grade }),
          mode: 'master',
          state: 'scheduled',
          planned_start: start,
          planned_end: end,
          actual_start: null,
          actual_end: null,
          master_class_group_id: null,
          ...columnsOf(draft),
        })
        .execute();
      await placeRooms(trx, lessonId, draft.remoteClassroomIds);
      await tellOfLesson(trx, lessonId, account.accountId, null);
    });
    return await this.find(account, lessonId);
  }

  /** Who had answered is asked again when the time has changed. @throws AppError OVERTAKEN, WRONG_STATE */
  async change(account: Account, lessonId: Id, change: ActivityChange): Promise<Activity> {
    const before = await this.find(account, lessonId);
    mustBePlanned(before);
    const { organizationId } = before;
    const { start, end } = timesOf(change, this.#timeZone, this.#clock());
    await this.#check(organizationId, change);
    await this.#mustKnowClashes(account, organizationId, lessonId, change);
    const moved = start.getTime() !== before.plannedStart || end.getTime() !== before.plannedEnd;
    const original = before.movedFrom ?? before.plannedStart;
    const done = await this.#db.transaction().execute(async (trx) => {
      const known = await pictureOf(trx, lessonId);
      const { numUpdatedRows } = await trx
        .updateTable('lesson')
        .set(({ eb }) => ({
          planned_start: start,
          planned_end: end,
          ...(moved && { moved_from: original === start.getTime() ? null : new Date(original) }),
          ...columnsOf(change),
          version: eb('version', '+', 1),
        }))
        .where('id', '=', lessonId)
        .where('version', '=', change.version)
        .where('state', '=', 'scheduled')
        .where('cancelled_at', 'is', null)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return false;
      if (change.subject !== before.subject || change.grade !== before.grade) {
        const { subject, grade } = change;
        await trx
          .updateTable('lesson')
          .set({ course_id: await courseFor(trx, { organizationId, subject, grade }) })
          .where('id', '=', lessonId)
          .execute();
      }
      await trx.deleteFrom('lesson_remote').where('lesson_id', '=', lessonId).execute();
      await placeRooms(trx, lessonId, change.remoteClassroomIds);
      if (moved)
        await trx
          .updateTable('invitation')
          .set({ state: 'invited', answered_at: null })
          .where('lesson_id', '=', lessonId)
          .execute();
      await tellOfLesson(trx, lessonId, account.accountId, known);
      return true;
    });
    if (!done) throw await overtaken(this.#db, { kind: 'lesson', id: lessonId });
    return await this.find(account, lessonId);
  }

  async #mustKnowClashes(
    account: Account,
    organizationId: Id,
    lessonId: Id | null,
    { day, startsMinute, endsMinute, despiteClashes, ...draft }: Omit<ActivityDraft, 'organizationId'>,
  ): Promise<void> {
    const { teacherId, masterClassroomId, remoteClassroomIds } = draft;
    const parts = { db: this.#db, office: this.#office, timeZone: this.#timeZone, now: this.#clock };
    await mustKnowClashes(parts, account, despiteClashes, {
      ...{ kind: 'lesson', organizationId, lessonId, places: [{ day, startsMinute, endsMinute }] },
      parties: {
        ...{ teacherId, masterClassroomId },
        remotes: remoteClassroomIds.map((classroomId) => ({ classroomId })),
      },
    });
  }

  async cancel(account: Account, lessonId: Id, version: number, reason: string): Promise<Activity> {
    mustBePlanned(await this.find(account, lessonId));
    const cancelling = (trx: Db) =>
      trx
        .updateTable('lesson')
        .set(({ eb }) => ({
          cancelled_at: new Date(this.#clock()),
          cancelled_by: account.accountId,
          cancel_reason: reason,
          version: eb('version', '+', 1),
        }))
        .where('id', '=', lessonId)
        .where('version', '=', version)
        .where('state', '=', 'scheduled')
        .executeTakeFirstOrThrow();
    const { numUpdatedRows } = await this.#db
      .transaction()
      .execute((trx) => tellingOfLesson(trx, lessonId, account.accountId, () => cancelling(trx)));
    if (numUpdatedRows === 0n) throw await overtaken(this.#db, { kind: 'lesson', id: lessonId });
    return await this.find(account, lessonId);
  }

  /** Whoever is invited already keeps the answer and gets the part. @throws AppError FIELDS for people of elsewhere */
  async invite(
    account: Account,
    lessonId: Id,
    part: GuestPart,
    accountIds: readonly Id[],
  ): Promise<Activity> {
    const { organizationId, state } = await this.find(account, lessonId);
    if (state === 'over' || state === 'cancelled')
      throw new AppError('WRONG_STATE', `the activity is ${state}`);
    const allowed = await invitable(this.#db, countyOf(organizationId), accountIds);
    const strangers = accountIds.flatMap((id, at) => (allowed.has(id) ? [] : [unknown(`accountIds.${at}`)]));
    if (strangers.length > 0) throw new AppError('FIELDS', 'not of this county', { fields: strangers });
    const inviting = (trx: Db) =>
      trx
        .insertInto('invitation')
        .values(
          [...allowed].map((account_id) => ({
            ...{ lesson_id: lessonId, account_id, part, state: 'invited' as const },
            ...{ invited_by: account.accountId, invited_at: new Date(this.#clock()) },
          })),
        )
        .onConflict((conflict) => conflict.columns(['lesson_id', 'account_id']).doUpdateSet({ part }))
        .execute();
    await this.#db
      .transaction()
      .execute((trx) => tellingOfLesson(trx, lessonId, account.accountId, () => inviting(trx)));
    return await this.find(account, lessonId);
  }

  async uninvite(account: Account, lessonId: Id, accountId: Id): Promise<Activity> {
    await this.find(account, lessonId);
    const removing = (trx: Db) =>
      trx
        .deleteFrom('invitation')
        .where('lesson_id', '=', lessonId)
        .where('account_id', '=', accountId)
        .execute();
    await this.#db
      .transaction()
      .execute((trx) => tellingOfLesson(trx, lessonId, account.accountId, () => removing(trx)));
    return await this.find(account, lessonId);
  }

  /** Whether everything that a draft names is of the county. */
  async #check(organizationId: Id, draft: Omit<ActivityDraft, 'organizationId'>): Promise<void> {
    const fields: FieldError[] = [];
    const rooms = new Set(
      (await roomsWithin(this.#db, countyOf(organizationId))).map(({ accountId }) => accountId),
    );
    if (!rooms.has(draft.masterClassroomId)) fields.push(unknown('masterClassroomId'));
    const remotes = draft.remoteClassroomIds;
    if (remotes.some((id) => !rooms.has(id))) fields.push(unknown('remoteClassroomIds'));
    else if (remotes.includes(draft.masterClassroomId) || new Set(remotes).size < remotes.length)
      fields.push({ path: 'remoteClassroomIds', issue: 'conflict' });
    const people = await invitable(this.#db, countyOf(organizationId), [draft.teacherId]);
    if (!people.has(draft.teacherId)) fields.push(unknown('teacherId'));
    if (draft.rubricId !== null && !(await this.#rubrics.isUsable(draft.rubricId, organizationId)))
      fields.push(unknown('rubricId'));
    if (fields.length > 0) throw new AppError('FIELDS', 'something named is not there', { fields });
  }

  async #read(where: ReturnType<typeof sql>): Promise<Activity[]> {
    const rows = await activityRows(this.#db)
      .where(sql<SqlBool>`${where}`)
      .orderBy('lesson.planned_start')
      .orderBy('lesson.id')
      .execute();
    const ids = rows.map(({ id }) => id);
    const guests = Map.groupBy(await guestRows(this.#db, ids), ({ lesson_id }) => lesson_id);
    const rooms = Map.groupBy(await remoteRows(this.#db, ids), ({ lesson_id }) => lesson_id);
    const now = this.#clock();
    return rows.map((row) => {
      const { day, minute } = dayAndMinuteOf(row.planned_start.getTime(), this.#timeZone);
      return {
        ...shownOf(row, now),
        day,
        startsMinute: minute,
        endsMinute: minute + (row.planned_end.getTime() - row.planned_start.getTime()) / 60_000,
        teacherId: row.teacher_id,
        masterClassroomId: row.master_classroom_id,
        remoteClassrooms: (rooms.get(row.id) ?? []).map(({ lesson_id: _, ...room }) => room),
        rubricId: row.rubric_id,
        rubricTitle: row.rubric_title,
        guests: (guests.get(row.id) ?? []).map(guestOf),
        version: row.version,
      };
    });
  }
}

const unknown = (path: string): FieldError => ({ path, issue: 'unknown' });

function mustBePlanned({ state }: Activity): void {
  if (state !== 'planned') throw new AppError('WRONG_STATE', `the activity is ${state}`);
}

const columnsOf = (draft: Omit<ActivityDraft, 'organizationId'>) => ({
  title: draft.title,
  period: draft.period,
  teacher_id: draft.teacherId,
  master_classroom_id: draft.masterClassroomId,
  rubric_id: draft.rubricId,
  note: draft.note,
});

async function placeRooms(trx: Db, lessonId: Id, classroomIds: readonly Id[]): Promise<void> {
  if (classroomIds.length === 0) return;
  await trx
    .insertInto('lesson_remote')
    .values(
      classroomIds.map((classroom_id, position) => ({
        ...{ lesson_id: lessonId, classroom_id, class_group_id: null, assistant_id: null, position },
      })),
    )
    .execute();
}

const guestRows = (db: Db, ids: readonly Id[]) =>
  db
    .selectFrom('invitation')
    .innerJoin('account', 'account.id', 'invitation.account_id')
    .innerJoin('organization', 'organization.id', 'account.organization_id')
    .selectAll('invitation')
    .select(['account.name', 'organization.name as organization_name'])
    .where(sql<SqlBool>`invitation.lesson_id = any(${sql.val([...ids])}::text[])`)
    .orderBy('organization.name')
    .orderBy('account.name')
    .execute();

const guestOf = (row: Awaited<ReturnType<typeof guestRows>>[number]): Guest => ({
  accountId: row.account_id,
  name: row.name,
  organizationName: row.organization_name,
  part: row.part,
  state: row.state,
  answeredAt: row.answered_at?.getTime() ?? null,
});

const remoteRows = (db: Db, ids: readonly Id[]) =>
  db
    .selectFrom('lesson_remote')
    .innerJoin('classroom', 'classroom.id', 'lesson_remote.classroom_id')
    .innerJoin('organization', 'organization.id', 'classroom.organization_id')
    .select([
      'lesson_remote.lesson_id',
      'classroom.id as accountId',
      'classroom.name',
      'organization.name as organizationName',
    ])
    .where(sql<SqlBool>`lesson_remote.lesson_id = any(${sql.val([...ids])}::text[])`)
    .orderBy('lesson_remote.position')
    .execute();
