import type { Id } from '#protocol/ids.ts';
import type { LessonStanding, NoticeLesson, NoticePart } from '#protocol/notice.ts';
import type { Db } from '../database/database.ts';
import { administratorsOf } from './administrators.ts';

/** A lesson as everybody knows it who is told of its changes. */
export interface LessonPicture {
  lesson: NoticeLesson;
  people: Map<Id, LessonStanding>;
}

/** Null: there is no such lesson. */
export async function pictureOf(db: Db, lessonId: Id): Promise<LessonPicture | null> {
  const row = await lessonRow(db, lessonId);
  if (!row) return null;
  const remotes = await remoteRows(db, lessonId);
  const guests = await db
    .selectFrom('invitation')
    .select(['account_id', 'part'])
    .where('lesson_id', '=', lessonId)
    .where('state', '<>', 'declined')
    .execute();
  const schools = [row.organization_id, ...remotes.map(({ organization_id }) => organization_id)];
  const administrators = await administratorsOf(db, schools);
  const people = new Map<Id, LessonStanding>();
  const standing = {
    ...{ start: row.planned_start.getTime(), end: row.planned_end.getTime(), teacher: row.teacher_name },
    cancelled: row.cancelled_at === null ? null : (row.cancel_reason ?? ''),
  };
  // What somebody is first is what they are told as.
  const add = (accountId: Id | null, part: NoticePart, at: Seat) => {
    if (accountId !== null && !people.has(accountId)) people.set(accountId, { part, ...standing, ...at });
  };
  const master: Seat = {
    ...{ organizationId: row.organization_id, period: row.period, assistant: null, room: row.master_name },
  };
  const seats = remotes.map(
    (remote) =>
      [
        remote,
        {
          ...{ organizationId: remote.organization_id, period: remote.period },
          ...{ assistant: remote.assistant_name, room: remote.name },
        },
      ] as const,
  );
  add(row.teacher_id, 'teacher', master);
  for (const [{ assistant_id }, seat] of seats) add(assistant_id, 'assistant', seat);
  add(row.master_classroom_id, 'classroom', master);
  for (const [{ classroom_id }, seat] of seats) add(classroom_id, 'classroom', seat);
  for (const accountId of administrators.get(row.organization_id) ?? [])
    add(accountId, 'administrator', master);
  for (const [{ organization_id }, seat] of seats)
    for (const accountId of administrators.get(organization_id) ?? []) add(accountId, 'administrator', seat);
  for (const { account_id, part } of guests) add(account_id, part, master);
  const { subject, title, class_name, organization_id, organization_name } = row;
  return {
    lesson: {
      ...{ subject, title, className: class_name },
      ...{ organizationId: organization_id, organizationName: organization_name },
    },
    people,
  };
}

type Seat = Pick<LessonStanding, 'organizationId' | 'period' | 'assistant' | 'room'>;

const lessonRow = (db: Db, lessonId: Id) =>
  db
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('organization', 'organization.id', 'lesson.organization_id')
    .innerJoin('account as teacher', 'teacher.id', 'lesson.teacher_id')
    .innerJoin('classroom as master', 'master.id', 'lesson.master_classroom_id')
    .leftJoin('class_group', 'class_group.id', 'lesson.master_class_group_id')
    .select([
      ...(['lesson.organization_id', 'lesson.title', 'lesson.period', 'lesson.planned_start'] as const),
      ...(['lesson.planned_end', 'lesson.cancelled_at', 'lesson.cancel_reason'] as const),
      ...(['lesson.teacher_id', 'lesson.master_classroom_id', 'course.subject'] as const),
      ...(['teacher.name as teacher_name', 'master.name as master_name'] as const),
      ...(['class_group.name as class_name', 'organization.name as organization_name'] as const),
    ])
    .where('lesson.id', '=', lessonId)
    .executeTakeFirst();

const remoteRows = (db: Db, lessonId: Id) =>
  db
    .selectFrom('lesson_remote')
    .innerJoin('classroom', 'classroom.id', 'lesson_remote.classroom_id')
    .leftJoin('account as assistant', 'assistant.id', 'lesson_remote.assistant_id')
    .select([
      ...(['lesson_remote.classroom_id', 'lesson_remote.assistant_id', 'lesson_remote.period'] as const),
      ...(['classroom.name', 'classroom.organization_id', 'assistant.name as assistant_name'] as const),
    ])
    .where('lesson_id', '=', lessonId)
    .orderBy('lesson_remote.position')
    .execute();
