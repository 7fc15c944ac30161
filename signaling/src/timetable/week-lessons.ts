import { type Expression, type SqlBool, sql } from 'kysely';
import { mainPeriodOf } from '#protocol/bells.ts';
import { dayAndMinuteOf } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { scopeOf } from '#protocol/office.ts';
import type { WeekLesson, WeekRoom } from '#protocol/timetable.ts';
import type { Db } from '../database/database.ts';
import { type RemoteRow, remotesOf } from '../lesson/lesson-rows.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { BellBook } from './bell-book.ts';

export interface WeekParts {
  db: Db;
  office: OfficeAccess;
  timeZone: string;
}

/** The condition that a lesson stands in a school's week: it is its own, or one of its rooms or classes sits in it. */
export const concerns = (organizationId: Id): Expression<SqlBool> =>
  sql<SqlBool>`(lesson.organization_id = ${organizationId}
    or exists (select 1 from lesson_remote r join classroom c on c.id = r.classroom_id
      where r.lesson_id = lesson.id and c.organization_id = ${organizationId}))`;

/**
 * Lessons as they stand in the week of the school `organizationId`, by whose bells their periods are. Whether `account`
 * may see that week is the caller's to check.
 */
export async function weekLessons(
  { db, office, timeZone }: WeekParts,
  account: Account,
  organizationId: Id,
  only: Expression<SqlBool>,
): Promise<WeekLesson[]> {
  const mayEdit = scopeOf(account.role, 'timetable.edit')
    ? office.where(account, 'timetable.edit', 'lesson.organization_id')
    : sql<SqlBool>`false`;
  const rows = await weekRows(db, mayEdit).where(only).execute();
  const remotes = await remotesOf(
    db,
    rows.map(({ id }) => id),
  );
  const bells = await BellBook.load(db, [organizationId]);
  return rows.map((row) => {
    const { day, minute } = dayAndMinuteOf(row.planned_start.getTime(), timeZone);
    const minutes = Math.round((row.planned_end.getTime() - row.planned_start.getTime()) / 60_000);
    const span = { startsMinute: minute, endsMinute: Math.min(1440, minute + minutes) };
    const { id, course_id, organization_id, organization_name, pairing_id, auto_open, ...rest } = row;
    const { version, mode, state, title, subject, grade, note } = rest;
    return {
      ...{ lessonId: id, courseId: course_id, organizationId: organization_id },
      ...{ organizationName: organization_name, pairingId: pairing_id, autoOpen: auto_open },
      ...{ version, mode, state, title, subject, grade, note, day, ...span },
      plannedStart: row.planned_start.getTime(),
      plannedEnd: row.planned_end.getTime(),
      period: mainPeriodOf(span, bells.on(organizationId, day)),
      teacher: { id: row.teacher_id, name: row.teacher_name },
      substituteFor: row.substituted_name,
      cancelled: row.cancelled_at === null ? null : { reason: row.cancel_reason ?? '' },
      movedFrom: row.moved_from?.getTime() ?? null,
      master: masterOf(row),
      remotes: remotes.get(id)!.map(roomOf),
      mayEdit: row.may_edit,
    };
  });
}

function weekRows(db: Db, mayEdit: Expression<SqlBool>) {
  return db
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('organization', 'organization.id', 'lesson.organization_id')
    .innerJoin('account as teacher', 'teacher.id', 'lesson.teacher_id')
    .leftJoin('account as substituted', 'substituted.id', 'lesson.substitute_for')
    .innerJoin('classroom', 'classroom.id', 'lesson.master_classroom_id')
    .innerJoin('organization as master_org', 'master_org.id', 'classroom.organization_id')
    .leftJoin('class_group', 'class_group.id', 'lesson.master_class_group_id')
    .selectAll('lesson')
    .select([
      ...(['course.subject', 'course.grade', 'organization.name as organization_name'] as const),
      ...(['teacher.name as teacher_name', 'substituted.name as substituted_name'] as const),
      ...(['classroom.name as master_name', 'classroom.organization_id as master_org_id'] as const),
      ...(['master_org.name as master_org_name', 'class_group.name as master_group'] as const),
    ])
    .select(sql<boolean>`${mayEdit}`.as('may_edit'))
    .orderBy('lesson.planned_start')
    .orderBy('lesson.id');
}

type WeekRow = Awaited<ReturnType<ReturnType<typeof weekRows>['execute']>>[number];

const masterOf = (row: WeekRow): WeekRoom => ({
  organizationId: row.master_org_id,
  organizationName: row.master_org_name,
  classroom: { id: row.master_classroom_id, name: row.master_name },
  classGroup:
    row.master_class_group_id === null
      ? null
      : { id: row.master_class_group_id, name: row.master_group ?? '' },
  assistant: null,
  period: row.period,
});

const roomOf = (row: RemoteRow): WeekRoom => ({
  organizationId: row.organization_id,
  organizationName: row.organization_name,
  classroom: { id: row.classroom_id, name: row.name },
  classGroup:
    row.class_group_id === null ? null : { id: row.class_group_id, name: row.class_group_name ?? '' },
  assistant: row.assistant_id === null ? null : { id: row.assistant_id, name: row.assistant_name ?? '' },
  period: row.period,
});
