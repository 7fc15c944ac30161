import { type Expression, type SqlBool, sql } from 'kysely';
import type { Account, Role } from '#protocol/domain.ts';
import type { Db } from '../database/database.ts';
import { organizationsBelow } from '../office/office-access.ts';

/** Who watches over the lessons of an organization and of all below it. */
const OVERSEERS: readonly Role[] = ['administrator', 'researcher', 'operator'];
/** Who sees the lessons of others in which a room of theirs sits. */
const GUESTS: readonly Role[] = ['administrator', 'researcher'];

const NO = sql<SqlBool>`false`;

/** What links an account to the lesson of a row, beside the row's own columns; each is false where its role has none. */
function linksOf({ accountId, organizationId, role }: Account) {
  const below = organizationsBelow(organizationId);
  return {
    is_below: OVERSEERS.includes(role) ? sql<SqlBool>`lesson.organization_id in ${below}` : NO,
    is_remote_side: GUESTS.includes(role)
      ? sql<SqlBool>`exists (select 1 from lesson_remote r join classroom c on c.id = r.classroom_id
          where r.lesson_id = lesson.id and c.organization_id in ${below})`
      : NO,
    is_pupil:
      role === 'student'
        ? sql<SqlBool>`exists (select 1 from class_group_member m where m.account_id = ${accountId}
            and (m.class_group_id = lesson.master_class_group_id or m.class_group_id in
              (select r.class_group_id from lesson_remote r where r.lesson_id = lesson.id)))`
        : NO,
    is_invited: sql<SqlBool>`exists (select 1 from invitation i
        where i.lesson_id = lesson.id and i.account_id = ${accountId} and i.state <> 'declined')`,
  };
}

/** The condition that an account has anything to do with a lesson at all. */
export function isLinkedTo(account: Account): Expression<SqlBool> {
  const { is_below, is_remote_side, is_pupil, is_invited } = linksOf(account);
  return sql<SqlBool>`(${takesPart(account.accountId)}
    or ${is_below} or ${is_remote_side} or ${is_pupil} or ${is_invited})`;
}

/** The condition that a person teaches or assists in a lesson, or that a room sits in it. */
export const takesPart = (accountId: string): Expression<SqlBool> =>
  sql<SqlBool>`(lesson.teacher_id = ${accountId} or lesson.master_classroom_id = ${accountId}
    or exists (select 1 from lesson_remote r where r.lesson_id = lesson.id
      and (r.classroom_id = ${accountId} or r.assistant_id = ${accountId})))`;

/** Lessons with the names that go with them, and with what links `account` to each. */
export function lessonRows(db: Db, account: Account) {
  const links = linksOf(account);
  return db
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('organization', 'organization.id', 'lesson.organization_id')
    .innerJoin('account as teacher', 'teacher.id', 'lesson.teacher_id')
    .leftJoin('account as substituted', 'substituted.id', 'lesson.substitute_for')
    .innerJoin('classroom', 'classroom.id', 'lesson.master_classroom_id')
    .innerJoin('organization as master_org', 'master_org.id', 'classroom.organization_id')
    .leftJoin('class_group', 'class_group.id', 'lesson.master_class_group_id')
    .leftJoin('recording', 'recording.lesson_id', 'lesson.id')
    .leftJoin('term', 'term.id', 'lesson.term_id')
    .selectAll('lesson')
    .select([
      'course.subject',
      'course.grade',
      'organization.name as organization_name',
      'teacher.name as teacher_name',
      'substituted.name as substituted_name',
      'classroom.name as master_name',
      'master_org.name as master_organization',
      'class_group.name as master_group',
      'recording.duration_ms',
      'term.starts_on as term_starts_on',
      links.is_below.as('is_below'),
      links.is_remote_side.as('is_remote_side'),
      links.is_pupil.as('is_pupil'),
      links.is_invited.as('is_invited'),
    ]);
}

export type LessonRow = Awaited<ReturnType<ReturnType<typeof lessonRows>['execute']>>[number];

/** The remote rooms of many lessons at once, each lesson's in the plan's order. */
export async function remotesOf(db: Db, lessonIds: readonly string[]): Promise<Map<string, RemoteRow[]>> {
  const remotes = new Map<string, RemoteRow[]>(lessonIds.map((id) => [id, []]));
  if (lessonIds.length === 0) return remotes;
  const rows = await remoteRows(db)
    .where('lesson_remote.lesson_id', 'in', [...lessonIds])
    .execute();
  for (const row of rows) remotes.get(row.lesson_id)!.push(row);
  return remotes;
}

function remoteRows(db: Db) {
  return db
    .selectFrom('lesson_remote')
    .innerJoin('classroom', 'classroom.id', 'lesson_remote.classroom_id')
    .innerJoin('organization', 'organization.id', 'classroom.organization_id')
    .leftJoin('class_group', 'class_group.id', 'lesson_remote.class_group_id')
    .leftJoin('account as assistant', 'assistant.id', 'lesson_remote.assistant_id')
    .select([
      'lesson_remote.lesson_id',
      'classroom.id as classroom_id',
      'classroom.name',
      'classroom.organization_id',
      'organization.name as organization_name',
      'class_group.name as class_group_name',
      'lesson_remote.class_group_id',
      'lesson_remote.assistant_id',
      'assistant.name as assistant_name',
      'lesson_remote.period',
    ])
    .orderBy('lesson_remote.position');
}

export type RemoteRow = Awaited<ReturnType<ReturnType<typeof remoteRows>['execute']>>[number];
