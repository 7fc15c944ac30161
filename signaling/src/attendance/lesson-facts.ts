import { type Expression, type SqlBool, sql } from 'kysely';
import {
  type AttendancePlan,
  PRESENCE_TYPES,
  type Presence,
  type PresenceEvent,
  presenceOf,
} from '#protocol/attendance.ts';
import type { LessonMode } from '#protocol/domain.ts';
import type { Id, WallMs } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { phoneOf } from '../directory/phone-of.ts';

export interface FactRoom {
  accountId: Id;
  name: string;
  organizationId: Id;
  organizationName: string;
  phone: string;
  classGroupName: string | null;
}

/** One lesson as it was planned and as its timeline tells it. */
export interface LessonFacts {
  lessonId: Id;
  organizationId: Id;
  organizationName: string;
  title: string;
  subject: string;
  grade: string;
  mode: LessonMode;
  period: number | null;
  teacherName: string;
  cancelReason: string | null;
  master: FactRoom;
  remotes: FactRoom[];
  plan: AttendancePlan;
  presence: Presence;
}

export type LessonWhere = Expression<SqlBool>;

/**
 * The lessons for which `where` (of `lesson` and `course`) holds, in order of time: three queries, however many there
 * are. Of the timelines only the few events are read that attendance follows from.
 */
export async function readFacts(db: Db, where: LessonWhere, now: WallMs): Promise<LessonFacts[]> {
  const rows = await lessonRows(db).where(where).execute();
  const ids = rows.map(({ id }) => id);
  const remotes = Map.groupBy(await remoteRows(db, ids), ({ lesson_id }) => lesson_id);
  const events = Map.groupBy(await eventRows(db, ids), ({ lesson_id }) => lesson_id);
  return rows.map((row) => {
    const rooms = (remotes.get(row.id) ?? []).map(({ lesson_id: _, ...room }) => room);
    return {
      lessonId: row.id,
      organizationId: row.organization_id,
      organizationName: row.organization_name,
      title: row.title,
      subject: row.subject,
      grade: row.grade,
      mode: row.mode,
      period: row.period,
      teacherName: row.teacher_name,
      cancelReason: row.cancelled_at ? (row.cancel_reason ?? '') : null,
      master: {
        accountId: row.master_classroom_id,
        name: row.room_name,
        organizationId: row.room_organization_id,
        organizationName: row.room_organization,
        phone: row.phone,
        classGroupName: row.class_name,
      },
      remotes: rooms,
      plan: {
        plannedStart: row.planned_start.getTime(),
        plannedEnd: row.planned_end.getTime(),
        teacherId: row.teacher_id,
        masterClassroomId: row.master_classroom_id,
        remoteClassroomIds: rooms.map(({ accountId }) => accountId),
        // What nobody had called off by its end was simply not held, whatever was written down afterwards.
        cancelled: row.cancelled_at !== null && row.cancelled_at < row.planned_end,
      },
      presence: presenceOf((events.get(row.id) ?? []).map(eventOf), now),
    };
  });
}

const lessonRows = (db: Db) =>
  db
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('organization', 'organization.id', 'lesson.organization_id')
    .innerJoin('account as teacher', 'teacher.id', 'lesson.teacher_id')
    .innerJoin('classroom as room', 'room.id', 'lesson.master_classroom_id')
    .innerJoin('organization as room_org', 'room_org.id', 'room.organization_id')
    .leftJoin('organization as room_above', 'room_above.id', 'room_org.parent_id')
    .leftJoin('class_group', 'class_group.id', 'lesson.master_class_group_id')
    .select([
      'lesson.id',
      'lesson.organization_id',
      'lesson.title',
      'lesson.mode',
      'lesson.period',
      'lesson.planned_start',
      'lesson.planned_end',
      'lesson.teacher_id',
      'lesson.master_classroom_id',
      'lesson.cancelled_at',
      'lesson.cancel_reason',
      'course.subject',
      'course.grade',
      'organization.name as organization_name',
      'teacher.name as teacher_name',
      'room.name as room_name',
      'room.organization_id as room_organization_id',
      'room_org.name as room_organization',
      'class_group.name as class_name',
    ])
    .select(phoneOf('room_org', 'room_above').as('phone'))
    .orderBy('lesson.planned_start')
    .orderBy('lesson.id');

/** As one parameter: a term has more lessons than a statement has room for parameters. */
const oneOf = (column: string, ids: readonly Id[]) =>
  sql<SqlBool>`${sql.ref(column)} = any(${sql.val([...ids])}::text[])`;

async function remoteRows(db: Db, ids: readonly Id[]) {
  return await db
    .selectFrom('lesson_remote')
    .innerJoin('classroom', 'classroom.id', 'lesson_remote.classroom_id')
    .innerJoin('organization', 'organization.id', 'classroom.organization_id')
    .leftJoin('organization as above', 'above.id', 'organization.parent_id')
    .leftJoin('class_group', 'class_group.id', 'lesson_remote.class_group_id')
    .select([
      'lesson_remote.lesson_id',
      'classroom.id as accountId',
      'classroom.name',
      'organization.id as organizationId',
      'organization.name as organizationName',
      'class_group.name as classGroupName',
    ])
    .select(phoneOf('organization', 'above').as('phone'))
    .where(oneOf('lesson_remote.lesson_id', ids))
    .orderBy('lesson_remote.position')
    .execute();
}

/** Written out, so that the planner sees that the index `timeline_presence` has them all. */
const TYPES = sql.raw(PRESENCE_TYPES.map((type) => `'${type}'`).join(', '));

interface EventRow {
  lesson_id: Id;
  at: Date;
  type: PresenceEvent['type'];
  participant_id: Id | null;
  account_id: Id | null;
}

async function eventRows(db: Db, ids: readonly Id[]): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select lesson_id, at, type,
      coalesce(body->>'participantId', body->'participant'->>'participantId') as participant_id,
      body->'participant'->>'accountId' as account_id
    from timeline_event
    where ${oneOf('lesson_id', ids)} and type in (${TYPES})
    order by lesson_id, seq`.execute(db);
  return rows;
}

const eventOf = ({ at, type, participant_id, account_id }: EventRow): PresenceEvent => ({
  at: at.getTime(),
  type,
  participantId: participant_id,
  accountId: account_id,
});
