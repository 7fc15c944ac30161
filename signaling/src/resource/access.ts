import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import {
  mayResource,
  type ResourceAction,
  type ResourceRole,
  resourceActionsOf,
} from '#protocol/permission.ts';
import type { Resource } from '#protocol/resource.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import type { ResourceRepository, ResourceRow } from './resource-repository.ts';

const REVIEWERS: readonly Account['role'][] = ['administrator', 'operator', 'researcher'];

/** Who may see which resource: one rule, as a check of one row and as a condition of a query. */
export class ResourceAccess {
  readonly #db: Db;
  readonly #resources: ResourceRepository;

  constructor(db: Db, resources: ResourceRepository) {
    this.#db = db;
    this.#resources = resources;
  }

  /**
   * The resource as `account` (null: nobody signed in) sees it, when it may do `action`.
   * @throws AppError NOT_FOUND when it may not even be seen, FORBIDDEN when only this is not allowed.
   */
  async permitted(resourceId: string, account: Account | null, action: ResourceAction): Promise<Resource> {
    const row = await this.#resources.find(resourceId);
    const role = row ? await this.roleOf(row, account) : 'stranger';
    if (!row || !mayResource(role, 'resource.see')) throw new AppError('NOT_FOUND', 'no such resource');
    if (!mayResource(role, action)) throw new AppError('FORBIDDEN', `${role} may not ${action}`);
    return { ...row, may: resourceActionsOf(role) };
  }

  async roleOf(row: ResourceRow, account: Account | null): Promise<ResourceRole> {
    if (account && row.authorId === account.accountId) return 'author';
    if (account && REVIEWERS.includes(account.role)) {
      if (account.organizationId === row.organizationId) return 'school';
      if (await this.#isAbove(account.organizationId, row.organizationId)) return 'bureau';
    }
    const seen = await this.#db
      .selectFrom('resource')
      .select('id')
      .where('id', '=', row.resourceId)
      .where((eb) => watchable(eb, account))
      .executeTakeFirst();
    return seen ? 'viewer' : 'stranger';
  }

  async #isAbove(upper: string, lower: string): Promise<boolean> {
    const { rows } = await sql<{ id: string }>`
      with recursive above as (
        select id, parent_id from organization where id = ${lower}
        union select o.id, o.parent_id from organization o join above a on o.id = a.parent_id
      ) select id from above where id = ${upper}`.execute(this.#db);
    return rows.length > 0;
  }
}

/**
 * The condition under which a published resource is watched by `account` (null: nobody signed in). `password` reach
 * is not here: who knows the word is let in by it. Stands in a query over `resource`.
 */
export function watchable(
  eb: ExpressionBuilder<Database, 'resource'>,
  account: Account | null,
  now = new Date(),
): Expression<SqlBool> {
  const published = eb.and([
    eb('resource.state', '=', 'published'),
    eb.or([eb('resource.starts_at', 'is', null), eb('resource.starts_at', '<=', now)]),
    eb.or([eb('resource.ends_at', 'is', null), eb('resource.ends_at', '>', now)]),
  ]);
  if (!account) return eb.and([published, eb('resource.reach', '=', 'public')]);
  const { accountId, organizationId } = account;
  return eb.and([
    published,
    eb.or([
      eb('resource.reach', 'in', ['public', 'signedIn']),
      eb.and([eb('resource.reach', '=', 'school'), eb('resource.organization_id', '=', organizationId)]),
      eb.and([
        eb('resource.reach', '=', 'county'),
        sql<SqlBool>`(${rootOf(sql.ref('resource.organization_id'))}) = (${rootOf(sql.val(organizationId))})`,
      ]),
      eb.and([
        eb('resource.reach', '=', 'classes'),
        sql<SqlBool>`exists (select 1 from lesson l
          left join lesson_remote r on r.lesson_id = l.id
          left join class_group_member m on m.class_group_id in (l.master_class_group_id, r.class_group_id)
          where l.id = resource.lesson_id and (
            m.account_id = ${accountId} or l.master_classroom_id = ${accountId}
            or r.classroom_id = ${accountId} or r.assistant_id = ${accountId}))`,
      ]),
    ]),
  ]);
}

/** The condition under which `account` may edit a resource, as {@link ResourceAccess} has it for one row. */
export function editable(eb: ExpressionBuilder<Database, 'resource'>, account: Account): Expression<SqlBool> {
  const own = eb('resource.author_id', '=', account.accountId);
  if (!REVIEWERS.includes(account.role)) return own;
  return eb.or([own, eb('resource.organization_id', '=', account.organizationId)]);
}

/** The top of the tree that an organization stands in. */
function rootOf(organization: Expression<unknown>) {
  return sql`with recursive up as (
    select id, parent_id from organization where id = ${organization}
    union select o.id, o.parent_id from organization o join up on o.id = up.parent_id
  ) select id from up where parent_id is null`;
}
