import { sql } from 'kysely';
import type { LessonState } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Activity } from '#protocol/invitation.ts';
import type { Db } from '../database/database.ts';

/** A master lesson's row with the names that both sides of an invitation see. */
export const activityRows = (db: Db) =>
  db
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('organization', 'organization.id', 'lesson.organization_id')
    .innerJoin('account as teacher', 'teacher.id', 'lesson.teacher_id')
    .innerJoin('classroom as room', 'room.id', 'lesson.master_classroom_id')
    .leftJoin('rubric', 'rubric.id', 'lesson.rubric_id')
    .select([
      'lesson.id',
      'lesson.organization_id',
      'lesson.title',
      'lesson.state',
      'lesson.period',
      'lesson.planned_start',
      'lesson.planned_end',
      'lesson.teacher_id',
      'lesson.master_classroom_id',
      'lesson.cancelled_at',
      'lesson.cancel_reason',
      'lesson.moved_from',
      'lesson.rubric_id',
      'lesson.note',
      'lesson.version',
      'course.subject',
      'course.grade',
      'organization.name as organization_name',
      'teacher.name as teacher_name',
      'room.name as room_name',
      'rubric.title as rubric_title',
      // Named apart: kysely would read the rubric's own columns into the lesson's.
      sql<object[] | null>`rubric.items`.as('rubric_items'),
    ])
    .where('lesson.mode', '=', 'master');

export type ActivityRow = Awaited<ReturnType<ReturnType<typeof activityRows>['execute']>>[number];

interface Stands {
  state: LessonState;
  cancelled_at: Date | null;
  planned_end: Date;
}

export function activityState(row: Stands, now: number): Activity['state'] {
  if (row.state === 'live') return 'running';
  if (row.state === 'ended' || row.state === 'ready') return 'over';
  if (row.cancelled_at) return 'cancelled';
  if (now >= row.planned_end.getTime()) return 'over';
  return row.state === 'open' ? 'running' : 'planned';
}

/** What both sides see of it. */
export const shownOf = (row: ActivityRow, now: number) => ({
  lessonId: row.id as Id,
  organizationId: row.organization_id,
  organizationName: row.organization_name,
  title: row.title,
  subject: row.subject,
  grade: row.grade,
  state: activityState(row, now),
  plannedStart: row.planned_start.getTime(),
  plannedEnd: row.planned_end.getTime(),
  period: row.period,
  teacherName: row.teacher_name,
  roomName: row.room_name,
  movedFrom: row.moved_from?.getTime() ?? null,
  cancelReason: row.cancelled_at ? (row.cancel_reason ?? '') : null,
  note: row.note,
});
