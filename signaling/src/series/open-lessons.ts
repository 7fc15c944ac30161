import { type SqlBool, sql } from 'kysely';
import type { LessonState } from '#protocol/domain.ts';
import type { Id, WallMs } from '#protocol/ids.ts';
import type { OpenLesson, OpenLessonState } from '#protocol/series.ts';
import type { Db } from '../database/database.ts';

/** The lessons of some series in their order of time, with what everybody may know of them. */
export const openLessonRows = (db: Db, seriesIds: readonly Id[], now: WallMs) =>
  db
    .selectFrom('series_lesson')
    .innerJoin('lesson', 'lesson.id', 'series_lesson.lesson_id')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('account as teacher', 'teacher.id', 'lesson.teacher_id')
    .innerJoin('classroom as room', 'room.id', 'lesson.master_classroom_id')
    .leftJoin('live_stream', 'live_stream.lesson_id', 'lesson.id')
    // Only what is published for everybody, and may be watched at this moment.
    .leftJoin('resource', (join) =>
      join
        .onRef('resource.lesson_id', '=', 'lesson.id')
        .on('resource.kind', '=', 'replay')
        .on('resource.state', '=', 'published')
        .on('resource.reach', '=', 'public')
        .on('resource.binned_at', 'is', null)
        .on(sql<SqlBool>`coalesce(resource.starts_at, ${new Date(now)}) <= ${new Date(now)}`)
        .on(sql<SqlBool>`(resource.ends_at is null or resource.ends_at > ${new Date(now)})`),
    )
    .select([
      'series_lesson.series_id',
      'lesson.id',
      'lesson.title',
      'lesson.state',
      'lesson.planned_start',
      'lesson.planned_end',
      'lesson.teacher_id',
      'lesson.master_classroom_id',
      'lesson.cancelled_at',
      'lesson.cancel_reason',
      'lesson.moved_from',
      'course.subject',
      'course.grade',
      'teacher.name as teacher_name',
      'room.name as room_name',
      'resource.id as resource_id',
      'live_stream.enabled',
      'live_stream.approved_at',
      'live_stream.stopped_at',
    ])
    .where(sql<SqlBool>`series_lesson.series_id = any(${sql.val([...seriesIds])}::text[])`)
    .orderBy('lesson.planned_start')
    .orderBy('lesson.id');

export type OpenLessonRow = Awaited<ReturnType<ReturnType<typeof openLessonRows>['execute']>>[number];

export function openLessonOf(row: OpenLessonRow, now: WallMs): OpenLesson {
  const streamed = row.enabled === true && row.approved_at !== null && row.stopped_at === null;
  return {
    lessonId: row.id,
    title: row.title,
    subject: row.subject,
    grade: row.grade,
    teacherName: row.teacher_name,
    plannedStart: row.planned_start.getTime(),
    plannedEnd: row.planned_end.getTime(),
    state: stateOf({ ...row, streamed, plannedEnd: row.planned_end.getTime() }, now),
    streamed,
    resourceId: row.resource_id,
    movedFrom: row.moved_from?.getTime() ?? null,
    cancelReason: row.cancelled_at ? (row.cancel_reason ?? '') : null,
  };
}

interface Facts {
  state: LessonState;
  cancelled_at: Date | null;
  resource_id: Id | null;
  streamed: boolean;
  plannedEnd: WallMs;
}

function stateOf(
  { state, cancelled_at, resource_id, streamed, plannedEnd }: Facts,
  now: WallMs,
): OpenLessonState {
  if (state === 'live') return streamed ? 'live' : 'running';
  if (resource_id) return 'replay';
  if (state === 'ended' || state === 'ready') return 'over';
  if (cancelled_at) return 'cancelled';
  return now >= plannedEnd ? 'over' : 'upcoming';
}
