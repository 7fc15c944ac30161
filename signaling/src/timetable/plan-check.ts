import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { PlanLesson, TimetableChoices } from '#protocol/timetable.ts';
import type { Db } from '../database/database.ts';
import { organizationsBelow } from '../office/office-access.ts';

/**
 * The organizations whose rooms a school's lesson may use beside its own: those that the planning account administers,
 * and those that are paired with the school.
 */
export const partnersOf = (account: Account, organizationId: Id) => sql`(
  select id from organization where id in ${organizationsBelow(account.organizationId)}
  union select r.organization_id from pairing_remote r join pairing p on p.id = r.pairing_id
    where p.organization_id = ${organizationId} and p.state in ('active', 'frozen'))`;

/**
 * Whether a lesson can be made of what it names. Gives its remote rooms with their schools.
 * @throws AppError FIELDS for what is not there, or not within reach: which of both is not said.
 */
export async function checkPlan(
  db: Db,
  account: Account,
  plan: PlanLesson,
): Promise<(PlanLesson['remotes'][number] & { organizationId: Id })[]> {
  const { organizationId } = plan;
  const own = sql`(select ${organizationId}::text)`;
  const partners = partnersOf(account, organizationId);
  const fields: FieldError[] = [];
  const check = async (path: string, table: string, id: Id | null, where: unknown): Promise<Id | null> => {
    if (id === null) return null;
    const { rows } = await sql<{ organization_id: Id }>`
      select organization_id from ${sql.table(table)}
      where id = ${id} and archived_at is null and organization_id in ${where}`.execute(db);
    if (!rows[0]) fields.push({ path, issue: 'unknown' });
    return rows[0]?.organization_id ?? null;
  };
  const above = sql`(with recursive above as (
      select id, parent_id from organization where id = ${organizationId}
      union select o.id, o.parent_id from organization o join above a on o.id = a.parent_id
    ) select id from above)`;
  await check('courseId', 'course', plan.courseId, above);
  await check('teacherId', 'account', plan.teacherId, partners);
  await check('masterClassroomId', 'classroom', plan.masterClassroomId, own);
  await check('masterClassGroupId', 'class_group', plan.masterClassGroupId, own);
  const remotes = [];
  const used = new Set([plan.masterClassroomId]);
  for (const [at, remote] of plan.remotes.entries()) {
    if (used.has(remote.classroomId)) fields.push({ path: `remotes.${at}.classroomId`, issue: 'taken' });
    used.add(remote.classroomId);
    const school = await check(`remotes.${at}.classroomId`, 'classroom', remote.classroomId, partners);
    await check(`remotes.${at}.classGroupId`, 'class_group', remote.classGroupId, partners);
    await check(`remotes.${at}.assistantId`, 'account', remote.assistantId, partners);
    remotes.push({ ...remote, organizationId: school ?? organizationId });
  }
  if (fields.length > 0) throw new AppError('FIELDS', 'a lesson of things that are not there', { fields });
  return remotes;
}

/** What a lesson of a school can be made of. */
export async function choicesOf(db: Db, account: Account, organizationId: Id): Promise<TimetableChoices> {
  const partners = partnersOf(account, organizationId);
  // A bureau's clerk may reach hundreds of rooms: those that are paired with the school come first.
  const paired = sql`(select r.organization_id from pairing_remote r join pairing p on p.id = r.pairing_id
    where p.organization_id = ${organizationId})`;
  const people = async (roles: string[], of: unknown) =>
    (
      await sql<{ id: Id; name: string; organizationId: Id; organizationName: string }>`
        select distinct a.id, a.name, o.id as "organizationId", o.name as "organizationName"
        from account a join account_role ar on ar.account_id = a.id join organization o on o.id = ar.organization_id
        where ar.role in (${sql.join(roles)}) and ar.organization_id in ${of} and a.archived_at is null
        order by 4, 2 limit 500`.execute(db)
    ).rows;
  const rooms = async (table: 'classroom' | 'class_group', room: unknown) =>
    (
      await sql<{
        id: Id;
        name: string;
        organizationId: Id;
        organizationName: string;
        classroomId: Id | null;
      }>`
        select t.id, t.name, o.id as "organizationId", o.name as "organizationName", ${room} as "classroomId"
        from ${sql.table(table)} t join organization o on o.id = t.organization_id
        where o.id in ${partners} and o.id <> ${organizationId} and o.archived_at is null and t.archived_at is null
        order by (o.id in ${paired}) desc, 4, 2 limit 1000`.execute(db)
    ).rows;
  return {
    courses: await db
      .selectFrom('course')
      .select(['id', 'title', 'subject', 'grade'])
      .where('organization_id', '=', organizationId)
      .where('archived_at', 'is', null)
      .orderBy('title')
      .execute(),
    teachers: await people(['teacher'], sql`(${organizationId}::text)`),
    classrooms: await db
      .selectFrom('classroom')
      .select(['id', 'name'])
      .where('organization_id', '=', organizationId)
      .where('archived_at', 'is', null)
      .orderBy('name')
      .execute(),
    classGroups: await db
      .selectFrom('class_group')
      .select(['id', 'name', 'classroom_id as classroomId'])
      .where('organization_id', '=', organizationId)
      .where('archived_at', 'is', null)
      .orderBy('name')
      .execute(),
    partnerClassrooms: await rooms('classroom', sql`t.id`),
    partnerClassGroups: await rooms('class_group', sql`t.classroom_id`),
    assistants: await people(['assistant', 'teacher'], partners),
  };
}
