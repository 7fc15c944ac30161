import { sql } from 'kysely';
import type { Day } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { PairingChoices, PartnerSchool } from '#protocol/pairing.ts';
import { bellsOf } from '../bells/bells-of.ts';
import type { Db } from '../database/database.ts';
import { type OfficeAccess, organizationsBelow } from '../office/office-access.ts';
import { reachable } from '../office/reachable.ts';
import { type DraftReach, organizationsAbove } from './check-draft.ts';

/** Schools that may be paired with one's own: all below the same topmost bureau. */
export async function partnerSchools(
  db: Db,
  office: OfficeAccess,
  account: Account,
): Promise<PartnerSchool[]> {
  const root = (await organizationsAbove(db, account.organizationId)).at(-1)!;
  const leads = await reachable(db, office, account, 'pairing.edit');
  const rows = await db
    .selectFrom('organization')
    .leftJoin('organization as parent', 'parent.id', 'organization.parent_id')
    .select(['organization.id', 'organization.name', 'organization.kind', 'parent.name as parent_name'])
    .where(sql<boolean>`organization.id in ${organizationsBelow(root)}`)
    .where('organization.kind', '!=', 'bureau')
    .where('organization.archived_at', 'is', null)
    .orderBy('parent.ordinal')
    .orderBy('parent.name')
    .orderBy('organization.ordinal')
    .orderBy('organization.name')
    .execute();
  return rows.map(({ id, name, kind, parent_name }) => ({
    organizationId: id,
    name,
    kind: kind === 'school' ? 'school' : 'teachingPoint',
    parentName: parent_name,
    mayLead: leads.has(id),
  }));
}

/** What a pairing that `account` makes may be made of. */
export async function draftReach(db: Db, office: OfficeAccess, account: Account): Promise<DraftReach> {
  const schools = await partnerSchools(db, office, account);
  return {
    leads: new Set(schools.filter(({ mayLead }) => mayLead).map(({ organizationId }) => organizationId)),
    partners: new Set(schools.map(({ organizationId }) => organizationId)),
  };
}

/**
 * What one school can bring into a pairing. Who may not look into it learns its classes, rooms, who assists there, and
 * when its bells ring; not its teachers.
 */
export async function choicesOf(
  db: Db,
  office: OfficeAccess,
  account: Account,
  organizationId: Id,
  day: Day,
): Promise<PairingChoices> {
  const above = await organizationsAbove(db, organizationId);
  const inside = await office.may(account, 'pairing.edit', organizationId);
  const classGroups = await db
    .selectFrom('class_group')
    .select(['id', 'name', 'grade', 'classroom_id as classroomId'])
    .where('organization_id', '=', organizationId)
    .where('archived_at', 'is', null)
    .orderBy('grade')
    .orderBy('name')
    .execute();
  const classrooms = await db
    .selectFrom('classroom')
    .select(['id', 'name'])
    .where('organization_id', '=', organizationId)
    .where('archived_at', 'is', null)
    .orderBy('name')
    .execute();
  const staff = await db
    .selectFrom('account')
    .innerJoin('account_role', 'account_role.account_id', 'account.id')
    .select(['account.id', 'account.name', 'account_role.role', 'account_role.organization_id'])
    .where('account_role.organization_id', 'in', above)
    .where('account_role.role', 'in', ['teacher', 'assistant'])
    .where('account.kind', '=', 'person')
    .where('account.archived_at', 'is', null)
    .orderBy('account.name')
    .execute();
  const courses = await db
    .selectFrom('course')
    .select(['id as courseId', 'title', 'subject', 'grade'])
    .where('organization_id', 'in', above)
    .where('archived_at', 'is', null)
    .orderBy('grade')
    .orderBy('title')
    .execute();
  const named = (role: string, also?: string) => [
    ...new Map(
      staff
        .filter((each) => each.role === role || each.role === also)
        .map(({ id, name }) => [id, { id, name }]),
    ).values(),
  ];
  return {
    organizationId,
    classGroups,
    classrooms,
    teachers: inside ? named('teacher') : [],
    assistants: inside ? named('assistant', 'teacher') : named('assistant'),
    courses: inside ? courses : [],
    bells: (await bellsOf(db, organizationId, day))?.periods ?? [],
  };
}
