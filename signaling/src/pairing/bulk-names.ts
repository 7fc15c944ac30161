import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { BulkIssue } from '#protocol/pairing.ts';
import type { Db } from '../database/database.ts';
import { type OfficeAccess, organizationsBelow } from '../office/office-access.ts';
import { reachable } from '../office/reachable.ts';
import { organizationsAbove } from './check-draft.ts';

interface Row {
  id: Id;
  name: string;
  organizationId: Id;
}
interface ClassRow extends Row {
  classroomId: Id | null;
  grade: string;
}
export type Found<T = Row> = { row: T } | { issue: BulkIssue };

/** As people type names: brackets of both widths, spaces and the case of letters make no difference. */
const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** The names of a county, so that a table of them can be understood without a query for each cell. */
export class BulkNames {
  readonly #organizations: { id: Id; name: string; parentId: Id | null }[];
  readonly #leads: ReadonlySet<Id>;
  readonly #classGroups: ClassRow[];
  readonly #rooms: Row[];
  readonly #courses: (Row & { subject: string; grade: string })[];
  readonly #staff: Row[];
  readonly #parents: Map<Id, Id | null>;

  static async load(db: Db, office: OfficeAccess, account: Account): Promise<BulkNames> {
    const root = (await organizationsAbove(db, account.organizationId)).at(-1)!;
    const below = organizationsBelow(root);
    const organizations = await db
      .selectFrom('organization')
      .select(['id', 'name', 'parent_id as parentId'])
      .where(sql<boolean>`id in ${below}`)
      .where('archived_at', 'is', null)
      .execute();
    const classGroups = await db
      .selectFrom('class_group')
      .select(['id', 'name', 'grade', 'organization_id as organizationId', 'classroom_id as classroomId'])
      .where(sql<boolean>`organization_id in ${below}`)
      .where('archived_at', 'is', null)
      .execute();
    const rooms = await db
      .selectFrom('classroom')
      .select(['id', 'name', 'organization_id as organizationId'])
      .where(sql<boolean>`organization_id in ${below}`)
      .where('archived_at', 'is', null)
      .execute();
    const courses = await db
      .selectFrom('course')
      .select(['id', 'title as name', 'subject', 'grade', 'organization_id as organizationId'])
      .where(sql<boolean>`organization_id in ${below}`)
      .where('archived_at', 'is', null)
      .execute();
    const staff = await db
      .selectFrom('account')
      .innerJoin('account_role', 'account_role.account_id', 'account.id')
      .select(['account.id', 'account.name', 'account_role.organization_id as organizationId'])
      .distinct()
      .where(sql<boolean>`account_role.organization_id in ${below}`)
      .where('account_role.role', 'in', ['teacher', 'assistant'])
      .where('account.archived_at', 'is', null)
      .execute();
    const leads = await reachable(db, office, account, 'pairing.edit');
    return new BulkNames({ organizations, classGroups, rooms, courses, staff, leads });
  }

  private constructor(all: {
    organizations: { id: Id; name: string; parentId: Id | null }[];
    classGroups: ClassRow[];
    rooms: Row[];
    courses: (Row & { subject: string; grade: string })[];
    staff: Row[];
    leads: ReadonlySet<Id>;
  }) {
    this.#organizations = all.organizations;
    this.#classGroups = all.classGroups;
    this.#rooms = all.rooms;
    this.#courses = all.courses;
    this.#staff = all.staff;
    this.#leads = all.leads;
    this.#parents = new Map(all.organizations.map(({ id, parentId }) => [id, parentId]));
  }

  /** A school that may lead a pairing of this account, or any that may follow in one. */
  school(name: string, mustLead: boolean): Found<{ id: Id; name: string }> {
    return only(
      this.#organizations.filter(({ id }) => !mustLead || this.#leads.has(id)),
      name,
    );
  }

  classGroup(name: string, organizationId: Id): Found<ClassRow> {
    return only(
      this.#classGroups.filter((each) => each.organizationId === organizationId),
      name,
    );
  }

  /** Without a name the class's own room, or the school's only one. */
  room(name: string, organizationId: Id, own: Id | null): Found {
    const here = this.#rooms.filter((each) => each.organizationId === organizationId);
    if (name.trim() !== '') return only(here, name);
    const usual = here.find(({ id }) => id === own) ?? (here.length === 1 ? here[0] : undefined);
    return usual ? { row: usual } : { issue: here.length === 0 ? 'unknown' : 'several' };
  }

  /** By its title, or by its subject where the school has one course of it for that class's grade. */
  course(name: string, organizationId: Id, grade: string): Found {
    const here = this.#courses.filter((each) => this.#above(organizationId).includes(each.organizationId));
    const titled = here.filter((each) => plain(each.name) === plain(name));
    if (titled.length > 0) return one(titled);
    const subject = here.filter((each) => plain(each.subject) === plain(name));
    const fitting = subject.filter((each) => grade !== '' && each.grade === grade);
    return one(fitting.length > 0 ? fitting : subject);
  }

  person(name: string, organizationId: Id): Found {
    const above = this.#above(organizationId);
    const here = this.#staff.filter((each) => each.organizationId === organizationId);
    const found = only(here, name);
    if ('row' in found || found.issue !== 'unknown') return found;
    return only(
      this.#staff.filter((each) => above.includes(each.organizationId)),
      name,
    );
  }

  #above(organizationId: Id): Id[] {
    const all: Id[] = [];
    for (let id: Id | null = organizationId; id && !all.includes(id); id = this.#parents.get(id) ?? null)
      all.push(id);
    return all;
  }
}

function only<T extends { id: Id; name: string }>(rows: readonly T[], name: string): Found<T> {
  if (plain(name) === '') return { issue: 'empty' };
  return one(rows.filter((each) => plain(each.name) === plain(name)));
}

function one<T extends { id: Id }>(rows: readonly T[]): Found<T> {
  const [first, ...others] = rows;
  if (!first) return { issue: 'unknown' };
  return others.some(({ id }) => id !== first.id) ? { issue: 'several' } : { row: first };
}
