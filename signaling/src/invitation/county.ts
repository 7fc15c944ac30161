import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import type { InvitablePerson, NameMatch } from '#protocol/invitation.ts';
import { cleanText } from '#protocol/text.ts';
import type { Db } from '../database/database.ts';

/** How many people a search answers, and how many one name may mean. */
const MOST_PEOPLE = 20;
const MOST_NAMESAKES = 5;

/** The county of an organization: everything below its nearest bureau, for which it needs no permission of its own. */
export const countyOf = (organizationId: Id) => sql`(with recursive above as (
    select id, parent_id, kind, 0 as distance from organization where id = ${organizationId}
    union all
    select o.id, o.parent_id, o.kind, a.distance + 1 from organization o join above a on o.id = a.parent_id
  ), top as (
    -- Where nobody keeps a bureau, the topmost organization.
    select id from above order by (kind = 'bureau') desc,
      case when kind = 'bureau' then distance else -distance end limit 1
  ), below as (
    select id from top union select o.id from organization o join below b on o.parent_id = b.id
  ) select id from below)`;

/** A subquery of organizations: `countyOf` one, or `organizationsBelow` it. */
export type Within = RawBuilder<unknown>;

/** Grown-ups who sign in and were not switched off. */
const people = (db: Db, within: Within) =>
  db
    .selectFrom('account')
    .innerJoin('organization', 'organization.id', 'account.organization_id')
    .innerJoin('account_role', 'account_role.account_id', 'account.id')
    .select([
      'account.id as accountId',
      'account.name',
      'organization.name as organizationName',
      sql<string>`min(account_role.role)`.as('role'),
    ])
    .where('account.kind', '=', 'person')
    .where('account.archived_at', 'is', null)
    .where('account.disabled_at', 'is', null)
    .where('account_role.role', 'not in', ['student', 'classroom', 'security', 'auditor'])
    .where(sql<SqlBool>`account.organization_id in ${within}`)
    .groupBy(['account.id', 'account.name', 'organization.name'])
    .orderBy('account.name')
    .orderBy('account.id');

/** By a part of the name; of the county's people the first few. */
export async function searchPeople(db: Db, within: Within, text: string): Promise<InvitablePerson[]> {
  const part = cleanText(text).replace(/[\\%_]/g, '\\$&');
  return await people(db, within).where('account.name', 'ilike', `%${part}%`).limit(MOST_PEOPLE).execute();
}

/** Who each of the pasted names may be. */
export async function matchNames(db: Db, within: Within, names: readonly string[]): Promise<NameMatch[]> {
  const asked = [...new Set(names.map((name) => cleanText(name)).filter((name) => name !== ''))];
  const found = Map.groupBy(
    await people(db, within)
      .where(sql<SqlBool>`account.name = any(${sql.val(asked)}::text[])`)
      .execute(),
    ({ name }) => name,
  );
  return asked.map((name) => ({ name, people: (found.get(name) ?? []).slice(0, MOST_NAMESAKES) }));
}

/** Which of these accounts are such people. */
export async function invitable(db: Db, within: Within, accountIds: readonly Id[]): Promise<Set<Id>> {
  const rows = await people(db, within)
    .where(sql<SqlBool>`account.id = any(${sql.val([...accountIds])}::text[])`)
    .execute();
  return new Set(rows.map(({ accountId }) => accountId));
}

export async function roomsWithin(db: Db, within: Within) {
  return await db
    .selectFrom('classroom')
    .innerJoin('organization', 'organization.id', 'classroom.organization_id')
    .select([
      'classroom.id as accountId',
      'classroom.name',
      'organization.id as organizationId',
      'organization.name as organizationName',
    ])
    .where('classroom.archived_at', 'is', null)
    .where(sql<SqlBool>`classroom.organization_id in ${within}`)
    .orderBy('organization.ordinal')
    .orderBy('organization.name')
    .orderBy('classroom.name')
    .execute();
}

/** Subjects and grades as the platform's reference data has them, and as courses of the county are called beside them. */
export async function subjectsAndGrades(db: Db, organizationId: Id) {
  const items = await db
    .selectFrom('reference_item')
    .select(['kind', 'name'])
    .where('kind', 'in', ['subject', 'grade'])
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('name')
    .execute();
  const courses = await db
    .selectFrom('course')
    .select(['subject', 'grade'])
    .distinct()
    .where('archived_at', 'is', null)
    .where(sql<SqlBool>`course.organization_id in ${countyOf(organizationId)}`)
    .orderBy('subject')
    .orderBy('grade')
    .execute();
  const named = (kind: string) => items.flatMap((item) => (item.kind === kind ? [item.name] : []));
  return {
    subjects: [...new Set([...named('subject'), ...courses.map(({ subject }) => subject)])],
    grades: [...new Set([...named('grade'), ...courses.map(({ grade }) => grade)])],
  };
}
