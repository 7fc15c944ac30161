import { sql, type Transaction } from 'kysely';
import { newId } from '#platform/ids.ts';
import { mainPeriodOf } from '#protocol/bells.ts';
import { dayAndMinuteOf, instantOf } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LessonChange, Place, PlanLesson } from '#protocol/timetable.ts';
import type { Actor, Audit } from '../audit/audit.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import { overtaken } from '../office/overtaken.ts';
import { termOf } from '../term/term-of.ts';
import { BellBook } from './bell-book.ts';
import { minutesOf } from './clash-drafts.ts';
import { checkPlan, partnersOf } from './plan-check.ts';

export interface DeskParts {
  db: Db;
  audit: Audit;
  timeZone: string;
  now?: () => number;
}

type What = LessonChange['what'];
type Detail = LessonChange['detail'];
interface Change {
  /** Columns of `lesson`. */
  set: Record<string, unknown>;
  what: What;
  detail: Detail;
}

/** Where a lesson goes: its time, the term it falls into, and each school's period there. */
interface Target {
  start: number;
  end: number;
  period: number | null;
  termId: Id | null;
  periodOf(organizationId: Id): number | null;
}

/**
 * Changes of single lessons. Each says which version it has seen; another change meanwhile: OVERTAKEN with who it was.
 * A lesson that is open, running or over cannot be changed. Whether somebody may is the caller's to check.
 */
export class LessonDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** @throws AppError FIELDS for a day without lessons, a time that is over, or what the school does not have. */
  async plan(actor: Actor & { account: Account }, plan: PlanLesson): Promise<Id> {
    const { db, audit } = this.#parts;
    const remotes = await checkPlan(db, actor.account, plan);
    const schools = remotes.map(({ organizationId }) => organizationId);
    const target = await this.#target(plan.organizationId, schools, plan.place);
    const course = await db
      .selectFrom('course')
      .select('title')
      .where('id', '=', plan.courseId)
      .executeTakeFirstOrThrow();
    const lessonId = newId();
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('lesson')
        .values({
          ...{
            id: lessonId,
            organization_id: plan.organizationId,
            course_id: plan.courseId,
            mode: plan.mode,
          },
          ...{ state: 'scheduled', title: plan.title || course.title, period: target.period },
          ...{ planned_start: new Date(target.start), planned_end: new Date(target.end) },
          ...{ actual_start: null, actual_end: null, teacher_id: plan.teacherId, term_id: target.termId },
          master_classroom_id: plan.masterClassroomId,
          master_class_group_id: plan.masterClassGroupId,
          ...{ auto_open: plan.autoOpen, note: plan.note, changed_by_hand: true },
        })
        .execute();
      if (remotes.length > 0)
        await trx
          .insertInto('lesson_remote')
          .values(
            remotes.map(({ classroomId, classGroupId, assistantId, organizationId }, position) => ({
              ...{ lesson_id: lessonId, classroom_id: classroomId, class_group_id: classGroupId },
              ...{ assistant_id: assistantId, position, period: target.periodOf(organizationId) },
            })),
          )
          .execute();
      const detail = { start: target.start, end: target.end };
      await note(trx, lessonId, actor.account.accountId, 'planned', detail);
      await audit.within(trx, actor, {
        action: 'timetable.changed',
        organizationId: plan.organizationId,
        object: { kind: 'lesson', id: lessonId },
        detail: { what: 'planned', ...detail },
      });
    });
    return lessonId;
  }

  async move(
    actor: Actor & { account: Account },
    lessonId: Id,
    version: number,
    place: Place,
  ): Promise<void> {
    const lesson = await this.#row(lessonId);
    const remotes = await this.#parts.db
      .selectFrom('lesson_remote')
      .innerJoin('classroom', 'classroom.id', 'lesson_remote.classroom_id')
      .select(['classroom_id', 'organization_id'])
      .where('lesson_id', '=', lessonId)
      .execute();
    const schools = remotes.map(({ organization_id }) => organization_id);
    const target = await this.#target(lesson.organization_id, schools, place, lesson);
    const original = lesson.moved_from ?? lesson.planned_start;
    const change: Change = {
      set: {
        ...{
          planned_start: new Date(target.start),
          planned_end: new Date(target.end),
          period: target.period,
        },
        // Back where it was made for it is not moved any more.
        moved_from: target.start === original.getTime() ? null : original,
        ...(target.termId !== null && { term_id: target.termId }),
      },
      what: 'moved',
      detail: {
        ...{ from: lesson.planned_start.getTime(), fromEnd: lesson.planned_end.getTime() },
        ...{ to: target.start, toEnd: target.end },
      },
    };
    await this.#change(actor, lessonId, version, change, async (trx) => {
      for (const { classroom_id, organization_id } of remotes)
        await trx
          .updateTable('lesson_remote')
          .set({ period: target.periodOf(organization_id) })
          .where('lesson_id', '=', lessonId)
          .where('classroom_id', '=', classroom_id)
          .execute();
    });
  }

  async substitute(
    actor: Actor & { account: Account },
    lessonId: Id,
    { version, teacherId, assistants = [] }: SubstituteWish,
  ): Promise<void> {
    const lesson = await this.#row(lessonId);
    const wished = [teacherId, ...assistants.map(({ assistantId }) => assistantId)];
    const names = await this.#namesOf(
      actor.account,
      lesson,
      wished.filter((id) => typeof id === 'string'),
    );
    const unknown: FieldError[] = [];
    if (teacherId !== undefined && !names.has(teacherId))
      unknown.push({ path: 'teacherId', issue: 'unknown' });
    assistants.forEach(({ assistantId }, at) => {
      if (assistantId !== null && !names.has(assistantId))
        unknown.push({ path: `assistants.${at}.assistantId`, issue: 'unknown' });
    });
    if (unknown.length > 0) throw new AppError('FIELDS', 'nobody of that id', { fields: unknown });
    const other = teacherId !== undefined && teacherId !== lesson.teacher_id;
    // Back to whose lesson it was: then nobody stands in for anybody.
    const original = lesson.substitute_for ?? lesson.teacher_id;
    const detail: Detail = {
      ...(other && { from: names.get(lesson.teacher_id)!, to: names.get(teacherId)! }),
      ...(assistants.length > 0 && {
        assistants: assistants
          .map(({ assistantId }) => (assistantId && names.get(assistantId)) || '-')
          .join(', '),
      }),
    };
    const set = other
      ? { teacher_id: teacherId, substitute_for: teacherId === original ? null : original }
      : {};
    await this.#change(actor, lessonId, version, { set, what: 'substituted', detail }, async (trx) => {
      for (const { classroomId, assistantId } of assistants)
        await trx
          .updateTable('lesson_remote')
          .set({ assistant_id: assistantId })
          .where('lesson_id', '=', lessonId)
          .where('classroom_id', '=', classroomId)
          .execute();
    });
  }

  async cancel(
    actor: Actor & { account: Account },
    lessonId: Id,
    version: number,
    reason: string,
  ): Promise<void> {
    await this.#change(actor, lessonId, version, {
      set: {
        cancelled_at: new Date(),
        cancelled_by: actor.account.accountId,
        cancel_reason: reason,
      },
      what: 'cancelled',
      detail: { reason },
    });
  }

  async restore(actor: Actor & { account: Account }, lessonId: Id, version: number): Promise<void> {
    await this.#change(actor, lessonId, version, {
      set: { cancelled_at: null, cancelled_by: null, cancel_reason: null },
      what: 'restored',
      detail: {},
    });
  }

  async #row(lessonId: Id) {
    return await this.#parts.db
      .selectFrom('lesson')
      .selectAll()
      .where('id', '=', lessonId)
      .executeTakeFirstOrThrow(() => new AppError('NOT_FOUND', 'no such lesson'));
  }

  /** Writes a change, its line in the lesson's history and in the audit: all or nothing. */
  async #change(
    actor: Actor & { account: Account },
    lessonId: Id,
    version: number,
    { set, what, detail }: Change,
    further?: (trx: Transaction<Database>) => Promise<void>,
  ): Promise<void> {
    const { db, audit } = this.#parts;
    const done = await db.transaction().execute(async (trx) => {
      const row = await trx
        .updateTable('lesson')
        .set(({ eb }) => ({
          ...set,
          ...{ version: eb('version', '+', 1), changed_by_hand: true, changed_at: new Date() },
        }))
        .where('id', '=', lessonId)
        .where('version', '=', version)
        .where('state', '=', 'scheduled')
        .where('cancelled_at', what === 'restored' ? 'is not' : 'is', null)
        .returning('organization_id')
        .executeTakeFirst();
      if (!row) return false;
      await further?.(trx);
      await note(trx, lessonId, actor.account.accountId, what, detail);
      await audit.within(trx, actor, {
        action: 'timetable.changed',
        organizationId: row.organization_id,
        object: { kind: 'lesson', id: lessonId },
        detail: { what, ...detail },
      });
      return true;
    });
    if (done) return;
    const now = await this.#row(lessonId);
    if (now.version !== version) throw await overtaken(db, { kind: 'lesson', id: lessonId });
    if (now.cancelled_at !== null) throw new AppError('LESSON_CANCELLED', 'the lesson is called off');
    throw new AppError('WRONG_STATE', `a lesson that is ${now.state} cannot be ${what}`);
  }

  /** @param lesson the one that is moved: to a time of its own it takes its length along. */
  async #target(
    organizationId: Id,
    schools: readonly Id[],
    place: Place,
    lesson?: { planned_start: Date; planned_end: Date },
  ): Promise<Target> {
    const { db, timeZone, now = Date.now } = this.#parts;
    const bells = await BellBook.load(db, [organizationId, ...schools]);
    const { day } = place;
    const minutes = minutesOf(place, bells, organizationId);
    if (!minutes)
      throw refused({ path: place.period === null ? 'place.endsMinute' : 'place.period', issue: 'unknown' });
    const term = await termOf(db, organizationId, day);
    const special = term?.days.find((each) => each.day === day);
    if (special?.kind === 'holiday')
      throw refused({ path: 'place.day', issue: 'conflict', values: { by: special.name } });
    const start = instantOf(day, minutes.startsMinute, timeZone);
    const end = start + (minutes.endsMinute - minutes.startsMinute) * 60_000;
    if (start <= now() || (lesson && lesson.planned_start.getTime() <= now()))
      throw refused({
        path: 'place.day',
        issue: 'order',
        values: { day: dayAndMinuteOf(now(), timeZone).day },
      });
    return {
      ...{ start, end, termId: term?.termId ?? null },
      period: exactPeriod(place, minutes, bells.on(organizationId, day)),
      periodOf: (school) => mainPeriodOf(minutes, bells.on(school, day)),
    };
  }

  /** The lesson's own teachers, and those of `ids` that work at one of its schools or at one within reach. */
  async #namesOf(account: Account, lesson: LessonRow, ids: readonly Id[]): Promise<Map<Id, string>> {
    const { id: lessonId, teacher_id, substitute_for, organization_id } = lesson;
    const known = [teacher_id, ...(substitute_for === null ? [] : [substitute_for])];
    const rows = await this.#parts.db
      .selectFrom('account')
      .select(['id', 'name'])
      .where('kind', '=', 'person')
      .where((eb) =>
        eb.or([
          eb('id', 'in', known),
          ...(ids.length === 0
            ? []
            : [
                eb.and([
                  eb('id', 'in', [...ids]),
                  sql<boolean>`exists (select from account_role r where r.account_id = account.id
                    and r.role <> 'student' and r.organization_id in (
                      select id from ${partnersOf(account, organization_id)} reach
                      union select ${organization_id}::text
                      union select room.organization_id from lesson_remote remote
                        join classroom room on room.id = remote.classroom_id
                        where remote.lesson_id = ${lessonId}))`,
                ]),
              ]),
        ]),
      )
      .execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

interface LessonRow {
  id: Id;
  organization_id: Id;
  teacher_id: Id;
  substitute_for: Id | null;
}

interface SubstituteWish {
  version: number;
  teacherId?: Id | undefined;
  assistants?: { classroomId: Id; assistantId: Id | null }[] | undefined;
}

const refused = (field: FieldError): AppError =>
  new AppError('FIELDS', `${field.path}: ${field.issue}`, { fields: [field] });

/** The period that was asked for; of a time of its own the one that it fills, or else none. */
const exactPeriod = (
  { period }: Place,
  { startsMinute, endsMinute }: { startsMinute: number; endsMinute: number },
  bells: readonly { period: number; startsMinute: number; endsMinute: number }[],
): number | null =>
  bells.find((bell) => bell.startsMinute === startsMinute && bell.endsMinute === endsMinute)?.period ??
  period;

async function note(trx: Db, lessonId: Id, byAccountId: Id, what: What, detail: Detail): Promise<void> {
  await trx
    .insertInto('lesson_change')
    .values({
      ...{ id: newId(), lesson_id: lessonId, at: new Date(), by_account_id: byAccountId, what },
      detail: JSON.stringify(detail),
    })
    .execute();
}

/** A lesson's history, oldest first. */
export async function historyOf(db: Db, lessonId: Id): Promise<LessonChange[]> {
  const rows = await db
    .selectFrom('lesson_change')
    .innerJoin('account', 'account.id', 'lesson_change.by_account_id')
    .select(['lesson_change.at', 'lesson_change.what', 'lesson_change.detail', 'account.name'])
    .where('lesson_id', '=', lessonId)
    .orderBy('at')
    .orderBy(sql`lesson_change.id`)
    .execute();
  return rows.map(({ at, what, detail, name }) => ({ at: at.getTime(), byName: name, what, detail }));
}
