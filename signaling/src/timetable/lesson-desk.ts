import type { z } from 'zod';
import { newId } from '#platform/ids.ts';
import { dayAndMinuteOf } from '#protocol/calendar.ts';
import type { Parties } from '#protocol/clashes.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type {
  LessonChange,
  MoveLesson,
  Place,
  PlanLesson,
  RestoreLesson,
  SubstituteLesson,
} from '#protocol/timetable.ts';
import type { Actor } from '../audit/audit.ts';
import { tellOfLesson } from '../notice/lesson-news.ts';
import { draftOf, mustKnowClashes } from './clash-guard.ts';
import { note } from './lesson-history.ts';
import { targetOf } from './lesson-place.ts';
import { checkPlan } from './plan-check.ts';
import { teachersFor } from './stand-ins.ts';
import { type Change, type DeskParts, type LessonRow, lessonRow, writeChange } from './write-change.ts';

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
    const target = await targetOf(this.#parts, plan.organizationId, schools, plan.place);
    const { organizationId, place, teacherId, masterClassroomId, masterClassGroupId } = plan;
    const course = await db
      .selectFrom('course')
      .select(['title', 'subject'])
      .where('id', '=', plan.courseId)
      .executeTakeFirstOrThrow();
    await mustKnowClashes(this.#parts, actor.account, plan.despiteClashes, {
      ...{ kind: 'lesson', organizationId, subject: course.subject, places: [place] },
      parties: { teacherId, masterClassroomId, masterClassGroupId, remotes: plan.remotes },
    });
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
      await tellOfLesson(trx, lessonId, actor.account.accountId, null);
      const detail = { start: target.start, end: target.end };
      await note(trx, lessonId, actor.account.accountId, { what: 'planned', detail });
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
    { version, place, despiteClashes }: MoveLesson,
  ): Promise<void> {
    const lesson = await lessonRow(this.#parts.db, lessonId);
    const remotes = await this.#parts.db
      .selectFrom('lesson_remote')
      .innerJoin('classroom', 'classroom.id', 'lesson_remote.classroom_id')
      .select(['classroom_id', 'organization_id'])
      .where('lesson_id', '=', lessonId)
      .execute();
    const schools = remotes.map(({ organization_id }) => organization_id);
    const target = await targetOf(this.#parts, lesson.organization_id, schools, place, lesson);
    await this.#mustKnow(actor.account, lesson, despiteClashes, { places: [place] });
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
    await writeChange(this.#parts, actor, lessonId, version, change, async (trx) => {
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
    { version, teacherId, assistants = [], despiteClashes }: SubstituteLesson,
  ): Promise<void> {
    const lesson = await lessonRow(this.#parts.db, lessonId);
    const wished = [teacherId, ...assistants.map(({ assistantId }) => assistantId)];
    const names = await teachersFor(
      this.#parts.db,
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
    // Of who is in it already nothing changes: only who comes anew is asked about.
    await this.#mustKnow(actor.account, lesson, despiteClashes, {
      parties: {
        teacherId: other ? teacherId : null,
        remotes: assistants.map(({ assistantId }) => ({ assistantId })),
      },
    });
    // Back to whose lesson it was: then nobody stands in for anybody.
    const original = lesson.substitute_for ?? lesson.teacher_id;
    const detail: LessonChange['detail'] = {
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
    await writeChange(
      this.#parts,
      actor,
      lessonId,
      version,
      { set, what: 'substituted', detail },
      async (trx) => {
        for (const { classroomId, assistantId } of assistants)
          await trx
            .updateTable('lesson_remote')
            .set({ assistant_id: assistantId })
            .where('lesson_id', '=', lessonId)
            .where('classroom_id', '=', classroomId)
            .execute();
      },
    );
  }

  async cancel(
    actor: Actor & { account: Account },
    lessonId: Id,
    version: number,
    reason: string,
  ): Promise<void> {
    await writeChange(this.#parts, actor, lessonId, version, {
      set: {
        cancelled_at: new Date(),
        cancelled_by: actor.account.accountId,
        cancel_reason: reason,
      },
      what: 'cancelled',
      detail: { reason },
    });
  }

  /** Its teacher or room may have been given to another lesson since. */
  async restore(
    actor: Actor & { account: Account },
    lessonId: Id,
    { version, despiteClashes }: RestoreLesson,
  ): Promise<void> {
    await this.#mustKnow(actor.account, await lessonRow(this.#parts.db, lessonId), despiteClashes, {});
    await writeChange(this.#parts, actor, lessonId, version, {
      set: { cancelled_at: null, cancelled_by: null, cancel_reason: null },
      what: 'restored',
      detail: {},
    });
  }
  /** @param changes what of the lesson is another; at its own time, where they name no other. */
  async #mustKnow(
    account: Account,
    lesson: LessonRow,
    despiteClashes: boolean,
    changes: { places?: Place[]; parties?: z.input<typeof Parties> },
  ): Promise<void> {
    const { timeZone } = this.#parts;
    const { day, minute } = dayAndMinuteOf(lesson.planned_start.getTime(), timeZone);
    const minutes = (lesson.planned_end.getTime() - lesson.planned_start.getTime()) / 60_000;
    await mustKnowClashes(this.#parts, account, despiteClashes, {
      ...(await draftOf(this.#parts.db, lesson)),
      places: [{ day, startsMinute: minute, endsMinute: minute + minutes }],
      ...changes,
    });
  }
}
