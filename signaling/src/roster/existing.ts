import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Role } from '#protocol/domain.ts';
import type { RosterKind } from '#protocol/roster.ts';
import type { Db } from '../database/database.ts';
import { organizationsBelow } from '../office/office-access.ts';
import { idOfOwn } from './oneroster.ts';

export interface KnownOrganization {
  id: string;
  parentId: string | null;
  kind: 'bureau' | 'school' | 'teachingPoint';
  name: string;
  code: string | null;
  archived: boolean;
}
export interface RoleAt {
  role: Role;
  organizationId: string;
}
export interface KnownPerson {
  id: string;
  organizationId: string;
  name: string;
  login: string | null;
  number: string | null;
  isNickname: boolean;
  disabled: boolean;
  archived: boolean;
  roles: RoleAt[];
}
export interface KnownCourse {
  id: string;
  organizationId: string;
  title: string;
  subject: string;
  grade: string;
  stage: string | null;
  textbook: string | null;
  archived: boolean;
}
export interface KnownClass {
  id: string;
  organizationId: string;
  name: string;
  grade: string;
  stage: string | null;
  enrolledYear: number | null;
  classroomId: string | null;
  headTeacherId: string | null;
  archived: boolean;
}
export interface KnownTerm {
  id: string;
  organizationId: string;
  name: string;
  startsOn: string;
  endsOn: string;
}

/** All that there is at one organization and below it, as an import compares with it. */
export interface Existing {
  rootId: string;
  orgs: Map<string, KnownOrganization>;
  users: Map<string, KnownPerson>;
  courses: Map<string, KnownCourse>;
  classes: Map<string, KnownClass>;
  academicSessions: Map<string, KnownTerm>;
  /** `class account`. */
  members: Set<string>;
  /** Room ids by `organization name`. */
  rooms: Map<string, string>;
  roomNames: Map<string, string>;
  /** What other systems call them, `kind sourcedId` → id. */
  external: Map<string, string>;
  /** `kind id` of those to which an import at `rootId` itself has given a name. */
  named: Set<string>;
  /** Of organizations, classes, people: those with lessons that are still to come. */
  teaching: Set<string>;
  /** Changes when anything of the above does. */
  mark: string;
}

const COMPARED = ['organization', 'account', 'class_group', 'course', 'classroom'] as const;

/** Reads what is at `rootId` and below. Some seconds for a large city, so never inside a transaction. */
export async function readExisting(db: Db, rootId: string): Promise<Existing> {
  const mark = await markOf(db, rootId);
  const below = organizationsBelow(rootId);
  const inTree = sql<boolean>`organization_id in ${below}`;
  const orgs = await asked(
    sql<KnownOrganization>`
    select id, parent_id as "parentId", kind, name, code, archived_at is not null as archived
    from organization where id in ${below} order by id`.execute(db),
  );
  const users = await asked(
    sql<KnownPerson>`
    select a.id, a.organization_id as "organizationId", a.name, a.login, a.number, a.is_nickname as "isNickname",
      a.disabled_at is not null as disabled, a.archived_at is not null as archived,
      coalesce((select json_agg(json_build_object('role', r.role, 'organizationId', r.organization_id)
        order by r.organization_id <> a.organization_id, r.role, r.organization_id)
        from account_role r where r.account_id = a.id), '[]') as roles
    from account a where a.kind = 'person' and ${inTree} order by a.id`.execute(db),
  );
  const courses = await asked(
    sql<KnownCourse>`
    select id, organization_id as "organizationId", title, subject, grade, stage, textbook,
      archived_at is not null as archived from course where ${inTree} order by id`.execute(db),
  );
  const classes = await asked(
    sql<KnownClass>`
    select id, organization_id as "organizationId", name, grade, stage, enrolled_year as "enrolledYear",
      classroom_id as "classroomId", head_teacher_id as "headTeacherId", archived_at is not null as archived
    from class_group where ${inTree} order by id`.execute(db),
  );
  const terms = await asked(
    sql<KnownTerm>`
    select id, organization_id as "organizationId", name, starts_on as "startsOn", ends_on as "endsOn"
    from term where ${inTree} order by starts_on, id`.execute(db),
  );
  const members = await asked(
    sql<{ both: string }>`
    select m.class_group_id || ' ' || m.account_id as both from class_group_member m
    join class_group g on g.id = m.class_group_id where g.${inTree}
    order by m.class_group_id, m.account_id`.execute(db),
  );
  const rooms = await asked(
    sql<{ id: string; organizationId: string; name: string }>`
    select id, organization_id as "organizationId", name from classroom
    where ${inTree} and archived_at is null order by id desc`.execute(db),
  );
  const known = {
    orgs: byId(orgs.rows),
    users: byId(users.rows),
    courses: byId(courses.rows),
    classes: byId(classes.rows),
    academicSessions: byId(terms.rows),
  };
  return {
    rootId,
    mark,
    ...known,
    members: new Set(members.rows.map(({ both }) => both)),
    rooms: new Map(rooms.rows.map(({ id, organizationId, name }) => [`${organizationId} ${name}`, id])),
    roomNames: new Map(rooms.rows.map(({ id, name }) => [id, name])),
    ...(await readExternal(db, rootId, known)),
    teaching: await readTeaching(db, rootId),
  };
}

/** PGlite answers within this process: a breath after each question lets others in. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  const rows = await answer;
  await breathe();
  return rows;
}

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));

/** The name that the nearest organization above has for a row stands; what is outside of the tree is not there. */
async function readExternal(
  db: Db,
  rootId: string,
  known: { [K in RosterKind]?: ReadonlyMap<string, unknown> },
): Promise<Pick<Existing, 'external' | 'named'>> {
  const { rows } = await sql<{ kind: RosterKind; external: string; id: string; here: boolean }>`
    with recursive above as (
      select id, parent_id, 0 as distance from organization where id = ${rootId}
      union all select o.id, o.parent_id, distance + 1 from organization o join above on o.id = above.parent_id
    ) select e.kind, e.external, e.id, distance = 0 as here from external_id e join above on above.id = e.root_id
    order by distance desc, e.external`.execute(db);
  const there = rows.filter(({ kind, id }) => known[kind]?.has(id));
  return {
    external: new Map(there.map(({ kind, external, id }) => [`${kind} ${external}`, id])),
    named: new Set(there.filter(({ here }) => here).map(({ kind, id }) => `${kind} ${id}`)),
  };
}

async function readTeaching(db: Db, rootId: string): Promise<Set<string>> {
  const below = organizationsBelow(rootId);
  const { rows } = await sql<{ id: string }>`
    with coming as (select * from lesson where planned_start > now() and cancelled_at is null)
    select organization_id as id from coming where organization_id in ${below}
    union select teacher_id from coming union select master_class_group_id from coming
      where master_class_group_id is not null
    union select course_id from coming
    union select r.class_group_id from lesson_remote r join coming on coming.id = r.lesson_id
      where r.class_group_id is not null
    union select r.assistant_id from lesson_remote r join coming on coming.id = r.lesson_id
      where r.assistant_id is not null
    union select g.organization_id from lesson_remote r join coming on coming.id = r.lesson_id
      join class_group g on g.id = r.class_group_id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** A short text that is another one after every change of what an import compares with. */
export async function markOf(db: Db, rootId: string): Promise<string> {
  const below = organizationsBelow(rootId);
  const parts = COMPARED.map((table) => {
    const place = table === 'organization' ? sql`id` : sql`organization_id`;
    return sql`(select count(*) || '/' || coalesce(sum(version), 0) || '/' || count(archived_at)
      from ${sql.table(table)} where ${place} in ${below})`;
  });
  const { rows } = await sql<{ mark: string }>`select concat_ws(' ', ${sql.join(parts)},
    (select count(*) || '/' || coalesce(sum(version), 0) from term where organization_id in ${below}),
    (select count(*) from account_role where organization_id in ${below}),
    (select count(*) from class_group_member m join class_group g on g.id = m.class_group_id
      where g.organization_id in ${below}),
    (select count(*) from external_id)) as mark`.execute(db);
  return rows[0]!.mark;
}

/** The id that a sourcedId has meant so far; null: nothing of the tree. */
export function knownId(
  existing: Existing,
  kind: Exclude<RosterKind, 'enrollments'>,
  sourcedId: string,
): string | null {
  const named = existing.external.get(`${kind} ${sourcedId}`);
  if (named) return named;
  const own = idOfOwn(sourcedId);
  return own !== null && existing[kind].has(own) ? own : null;
}
