import { type Expression, type SqlBool, sql } from 'kysely';
import type { PeopleQuery, Person, PersonRole } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { scopeOf } from '#protocol/office.ts';
import type { TablePage } from '#protocol/table.ts';
import type { Db } from '../database/database.ts';
import { type OfficeAccess, organizationsBelow } from '../office/office-access.ts';
import { likeOf } from './change.ts';

/** As many ids as go into one statement. */
const CHUNK = 5_000;

const SORTS: Record<string, readonly string[]> = {
  name: ['lower(a.login)', 'a.name'],
  login: ['lower(a.login)'],
  number: ['a.number'],
  organization: ['o.name', 'lower(a.login)', 'a.name'],
};

/** Reads people: whom an account may see, with what they are where. */
export class PersonRepository {
  readonly #db: Db;
  readonly #office: OfficeAccess;

  constructor(db: Db, office: OfficeAccess) {
    this.#db = db;
    this.#office = office;
  }

  /** One page; with `all`, every row there is. @throws AppError FORBIDDEN */
  async page(account: Account, query: PeopleQuery, { all = false } = {}): Promise<TablePage<Person>> {
    const found = this.#visible(account).where(this.#asked(query));
    const { total } = await found
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    const descending = query.sort?.startsWith('-') === true;
    const keys = SORTS[query.sort?.replace('-', '') ?? 'name'] ?? SORTS.name!;
    let ordered = found.select('a.id');
    for (const key of keys)
      ordered = ordered.orderBy(sql.raw(key), (order) =>
        (descending ? order.desc() : order.asc()).nullsLast(),
      );
    ordered = ordered.orderBy('a.id');
    if (!all) ordered = ordered.limit(query.pageSize).offset((query.page - 1) * query.pageSize);
    const ids = (await ordered.execute()).map(({ id }) => id);
    const people = new Map((await this.ofIds(ids)).map((person) => [person.accountId, person]));
    return { rows: ids.flatMap((id) => people.get(id) ?? []), total: Number(total) };
  }

  /** Null when `account` may not see them. */
  async find(account: Account, accountId: Id): Promise<Person | null> {
    const seen = await this.#visible(account).select('a.id').where('a.id', '=', accountId).executeTakeFirst();
    return seen ? ((await this.ofIds([accountId]))[0] ?? null) : null;
  }

  /** Whoever asks. */
  async ofIds(ids: readonly Id[]): Promise<Person[]> {
    const people: Person[] = [];
    for (let from = 0; from < ids.length; from += CHUNK)
      people.push(...(await this.#chunk(ids.slice(from, from + CHUNK))));
    return people;
  }

  async #chunk(ids: readonly Id[]): Promise<Person[]> {
    const rows = await this.#db
      .selectFrom('account as a')
      .innerJoin('organization as o', 'o.id', 'a.organization_id')
      .where('a.id', 'in', ids)
      .select([
        'a.id as accountId',
        'a.name',
        'a.is_nickname as isNickname',
        'a.login',
        'a.number',
        'a.organization_id as organizationId',
        'o.name as organizationName',
        'a.disabled_at',
        'a.archived_at',
        'a.version',
      ])
      .execute();
    const roles = await this.#db
      .selectFrom('account_role as r')
      .innerJoin('organization as o', 'o.id', 'r.organization_id')
      .where('r.account_id', 'in', ids)
      .where('r.role', '<>', 'classroom')
      .select(['r.account_id', 'r.role', 'r.organization_id as organizationId', 'o.name as organizationName'])
      .orderBy('r.granted_at')
      .orderBy('r.role')
      .execute();
    const groups = await this.#db
      .selectFrom('class_group_member as m')
      .innerJoin('class_group as g', 'g.id', 'm.class_group_id')
      .where('m.account_id', 'in', ids)
      .where('g.archived_at', 'is', null)
      .select(['m.account_id', 'g.id as classGroupId', 'g.name'])
      .orderBy('g.name')
      .execute();
    const rolesOf = Map.groupBy(roles, (row) => row.account_id);
    const groupsOf = Map.groupBy(groups, (row) => row.account_id);
    return rows.map(({ disabled_at, archived_at, ...row }) => ({
      ...row,
      roles: (rolesOf.get(row.accountId) ?? []).map(({ account_id: _, role, ...at }) => ({
        ...at,
        role: role as PersonRole,
      })),
      classGroups: (groupsOf.get(row.accountId) ?? []).map(({ account_id: _, ...group }) => group),
      state: archived_at ? 'archived' : disabled_at ? 'disabled' : 'active',
    }));
  }

  /** Whose home or one of whose roles lies where `account` sees people; pupils only for who keeps their accounts. */
  #visible(account: Account) {
    const seesPupils = scopeOf(account.role, 'person.edit') ?? scopeOf(account.role, 'person.access');
    const home = this.#office.where(account, 'person.see', 'a.organization_id');
    const role = this.#office.where(account, 'person.see', 'r.organization_id');
    return this.#db
      .selectFrom('account as a')
      .innerJoin('organization as o', 'o.id', 'a.organization_id')
      .where('a.kind', '=', 'person')
      .where(
        // Not "exists": the tree of organizations would be walked again for each person.
        sql<SqlBool>`(${home} or a.id in (select r.account_id from account_role r where ${role}))`,
      )
      .$if(seesPupils === null, (query) =>
        query.where(
          sql<SqlBool>`exists (select 1 from account_role r where r.account_id = a.id and r.role <> 'student')`,
        ),
      );
  }

  #asked({ search, organization, role, state, classGroup }: PeopleQuery): Expression<SqlBool> {
    const conditions: Expression<SqlBool>[] = [];
    if (state === 'archived') conditions.push(sql<SqlBool>`a.archived_at is not null`);
    else conditions.push(sql<SqlBool>`a.archived_at is null`);
    if (state === 'active') conditions.push(sql<SqlBool>`a.disabled_at is null`);
    if (state === 'disabled') conditions.push(sql<SqlBool>`a.disabled_at is not null`);
    if (organization)
      conditions.push(sql<SqlBool>`(a.organization_id in ${organizationsBelow(organization)} or a.id in (
        select r.account_id from account_role r where r.organization_id in ${organizationsBelow(organization)}))`);
    if (role)
      conditions.push(
        sql<SqlBool>`exists (select 1 from account_role r where r.account_id = a.id and r.role = ${role})`,
      );
    if (classGroup)
      conditions.push(sql<SqlBool>`exists (select 1 from class_group_member m
        where m.account_id = a.id and m.class_group_id = ${classGroup})`);
    for (const word of search?.split(/\s+/).filter(Boolean) ?? []) {
      const like = likeOf(word);
      conditions.push(
        sql<SqlBool>`(a.name ilike ${like} or a.login ilike ${like} or a.number ilike ${like})`,
      );
    }
    return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
  }
}
