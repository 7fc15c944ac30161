import { sql } from 'kysely';
import type { Account, Lesson, LessonMode, LessonState, PlannedClassroom } from '#protocol/domain.ts';
import { actionsOf, type LessonRole, may } from '#protocol/permission.ts';
import type { Db } from '../database/database.ts';

/** Lessons as one account may see them: role and `may` are worked out here, from rows, and nowhere else. */
export class LessonRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** The lesson as `account` sees it, or null when there is none or it may not be seen. */
  async find(lessonId: string, account: Account): Promise<Lesson | null> {
    const [row] = await lessonRows(this.#db).where('lesson.id', '=', lessonId).execute();
    if (!row) return null;
    const lesson = await this.#seenBy(account, row, await this.#organizationsAbove(row.organization_id));
    return may(lesson.role as LessonRole, 'lesson.see') ? lesson : null;
  }

  /** Lessons planned to start within `[from, to)` that `account` may see, in order of time. */
  async between(from: Date, to: Date, account: Account): Promise<Lesson[]> {
    const rows = await lessonRows(this.#db)
      .where('lesson.planned_start', '>=', from)
      .where('lesson.planned_start', '<', to)
      .orderBy('lesson.planned_start')
      .orderBy('lesson.id')
      .execute();
    const lessons = await Promise.all(
      rows.map(async (row) =>
        this.#seenBy(account, row, await this.#organizationsAbove(row.organization_id)),
      ),
    );
    return lessons.filter(({ role }) => may(role as LessonRole, 'lesson.see'));
  }

  async roleOf(lessonId: string, account: Account): Promise<LessonRole> {
    return ((await this.find(lessonId, account))?.role as LessonRole | undefined) ?? 'stranger';
  }

  /** For the server itself, not for an account's eyes. */
  async inStates(
    states: LessonState[],
  ): Promise<{ lessonId: string; mode: LessonMode; state: LessonState; plannedEnd: Date }[]> {
    return await this.#db
      .selectFrom('lesson')
      .select(['id as lessonId', 'mode', 'state', 'planned_end as plannedEnd'])
      .where('state', 'in', states)
      .execute();
  }

  async #seenBy(account: Account, row: LessonRow, orgsAbove: Set<string>): Promise<Lesson> {
    const remotes = await this.#db
      .selectFrom('lesson_remote')
      .innerJoin('classroom', 'classroom.id', 'lesson_remote.classroom_id')
      .innerJoin('organization', 'organization.id', 'classroom.organization_id')
      .leftJoin('class_group', 'class_group.id', 'lesson_remote.class_group_id')
      .select([
        'classroom.id as accountId',
        'classroom.name',
        'organization.name as organizationName',
        'class_group.name as classGroupName',
        'lesson_remote.assistant_id',
        'lesson_remote.class_group_id',
      ])
      .where('lesson_id', '=', row.id)
      .orderBy('position')
      .execute();
    const groupIds = [row.master_class_group_id, ...remotes.map(({ class_group_id }) => class_group_id)];
    const role = await this.#roleIn(
      account,
      row,
      remotes,
      groupIds.filter((id) => id !== null),
      orgsAbove,
    );
    const remoteClassrooms: PlannedClassroom[] = remotes.map(
      ({ accountId, name, organizationName, classGroupName }) => ({
        accountId,
        name,
        organizationName,
        classGroupName,
      }),
    );
    return {
      lessonId: row.id,
      courseId: row.course_id,
      mode: row.mode,
      state: row.state,
      title: row.title,
      subject: row.subject,
      grade: row.grade,
      period: row.period,
      plannedStart: row.planned_start.getTime(),
      plannedEnd: row.planned_end.getTime(),
      actualStart: row.actual_start?.getTime() ?? null,
      actualEnd: row.actual_end?.getTime() ?? null,
      teacherName: row.teacher_name,
      masterClassroom: {
        accountId: row.master_classroom_id,
        name: row.master_name,
        organizationName: row.master_organization,
        classGroupName: row.master_group,
      },
      remoteClassrooms,
      organizationName: row.organization_name,
      replayMs: row.duration_ms,
      may: actionsOf(role),
      role,
      helpsAccountId:
        role === 'assistant'
          ? (remotes.find(({ assistant_id }) => assistant_id === account.accountId)?.accountId ?? null)
          : null,
    };
  }

  async #roleIn(
    account: Account,
    lesson: { teacher_id: string; master_classroom_id: string; organization_id: string },
    remotes: { accountId: string; assistant_id: string | null }[],
    groupIds: string[],
    orgsAbove: Set<string>,
  ): Promise<LessonRole> {
    const { accountId, role, organizationId } = account;
    if (accountId === lesson.teacher_id || accountId === lesson.master_classroom_id) return 'presenter';
    if (remotes.some((remote) => remote.accountId === accountId)) return 'remote';
    if (remotes.some((remote) => remote.assistant_id === accountId)) return 'assistant';
    if (orgsAbove.has(organizationId)) {
      if (role === 'administrator') return 'administrator';
      if (role === 'researcher') return 'observer';
      if (role === 'operator') return 'operator';
    }
    if (role === 'student' && groupIds.length > 0) {
      const member = await this.#db
        .selectFrom('class_group_member')
        .select('account_id')
        .where('account_id', '=', accountId)
        .where('class_group_id', 'in', groupIds)
        .executeTakeFirst();
      if (member) return 'viewer';
    }
    return 'stranger';
  }

  /** The organization itself and every one above it in the tree. */
  async #organizationsAbove(organizationId: string): Promise<Set<string>> {
    const { rows } = await sql<{ id: string }>`
      with recursive above as (
        select id, parent_id from organization where id = ${organizationId}
        union select o.id, o.parent_id from organization o join above a on o.id = a.parent_id
      ) select id from above`.execute(this.#db);
    return new Set(rows.map(({ id }) => id));
  }
}

function lessonRows(db: Db) {
  return db
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('organization', 'organization.id', 'lesson.organization_id')
    .innerJoin('account as teacher', 'teacher.id', 'lesson.teacher_id')
    .innerJoin('classroom', 'classroom.id', 'lesson.master_classroom_id')
    .innerJoin('organization as master_org', 'master_org.id', 'classroom.organization_id')
    .leftJoin('class_group', 'class_group.id', 'lesson.master_class_group_id')
    .leftJoin('recording', 'recording.lesson_id', 'lesson.id')
    .selectAll('lesson')
    .select([
      'course.subject',
      'course.grade',
      'organization.name as organization_name',
      'teacher.name as teacher_name',
      'classroom.name as master_name',
      'master_org.name as master_organization',
      'class_group.name as master_group',
      'recording.duration_ms',
    ]);
}

type LessonRow = Awaited<ReturnType<ReturnType<typeof lessonRows>['execute']>>[number];
