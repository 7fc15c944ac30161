import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Account, OrganizationKind } from '#protocol/domain.ts';
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
import type { PasswordGrants } from '../review/password-grants.ts';
import type { ResourceRepository } from './resource-repository.ts';
import type { ResourceRow } from './resource-rows.ts';

export const REVIEWERS: readonly Account['role'][] = ['administrator', 'operator', 'researcher'];

/** Who may see which resource: one rule, as a check of one row and as a condition of a query. */
export class ResourceAccess {
  readonly #db: Db;
  readonly #resources: ResourceRepository;
  readonly #grants: PasswordGrants | null;

  /** Without `grants` no password lets anybody in. */
  constructor(db: Db, resources: ResourceRepository, grants: PasswordGrants | null = null) {
    this.#db = db;
    this.#resources = resources;
    this.#grants = grants;
  }

  /**
   * The resource as `account` (null: nobody signed in) sees it, when it may do `action`. `cookie` is the request's
   * cookie header, in which a password that was given is remembered.
   * @throws AppError NOT_FOUND when it may not even be seen, FORBIDDEN when only this is not allowed,
   * PASSWORD_NEEDED when a password lets in.
   */
  async permitted(
    resourceId: string,
    account: Account | null,
    action: ResourceAction,
    cookie?: string,
  ): Promise<Resource> {
    const row = await this.#resources.find(resourceId);
    const role = row ? await this.roleOf(row, account, cookie) : 'stranger';
    if (row && role === 'stranger' && this.#grants && isOpenedByPassword(row))
      throw new AppError('PASSWORD_NEEDED', 'this resource is opened by a password');
    if (!row || !mayResource(role, 'resource.see')) throw new AppError('NOT_FOUND', 'no such resource');
    if (!mayResource(role, action)) throw new AppError('FORBIDDEN', `${role} may not ${action}`);
    return { ...row, may: resourceActionsOf(role) };
  }

  async roleOf(row: ResourceRow, account: Account | null, cookie?: string): Promise<ResourceRole> {
    if (account && row.authorId === account.accountId) return 'author';
    if (account && REVIEWERS.includes(account.role)) {
      const above = await this.#kindAbove(account.organizationId, row.organizationId);
      // A teaching point's resources are its school's to review.
      if (account.organizationId === row.organizationId || above === 'school') return 'school';
      if (above === 'bureau') return 'bureau';
    }
    if (isOpenedByPassword(row))
      return (await this.#grants?.holds(row.resourceId, cookie)) ? 'viewer' : 'stranger';
    const seen = await this.#db
      .selectFrom('resource')
      .select('id')
      .where('id', '=', row.resourceId)
      .where((eb) => watchable(eb, account))
      .executeTakeFirst();
    return seen ? 'viewer' : 'stranger';
  }

  /** What `upper` is when it stands above `lower`; null when it does not. */
  async #kindAbove(upper: string, lower: string): Promise<OrganizationKind | null> {
    const { rows } = await sql<{ kind: OrganizationKind }>`
      with recursive above as (
        select id, parent_id, kind from organization where id = ${lower}
        union select o.id, o.parent_id, o.kind from organization o join above a on o.id = a.parent_id
      ) select kind from above where id = ${upper} and id <> ${lower}`.execute(this.#db);
    return rows[0]?.kind ?? null;
  }
}

export function isOpenedByPassword(
  { state, reach, startsAt, endsAt }: ResourceRow,
  now = Date.now(),
): boolean {
  const isOn = (startsAt ?? 0) <= now && (endsAt ?? Number.POSITIVE_INFINITY) > now;
  return state === 'published' && reach === 'password' && isOn;
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
    eb('resource.binned_at', 'is', null),
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
        sql<SqlBool>`resource.organization_id in ${countiesOf(organizationId)}`,
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
  return eb.or([
    own,
    eb('resource.organization_id', '=', account.organizationId),
    sql<SqlBool>`exists (select 1 from organization o join organization p on p.id = o.parent_id
      where o.id = resource.organization_id and p.id = ${account.organizationId} and p.kind = 'school')`,
  ]);
}

/** The organizations of the counties that an organization stands in: those whose nearest bureau is above it, or it. */
function countiesOf(organizationId: string) {
  return sql`(with recursive up as (
    select id, parent_id, kind from organization where id = ${organizationId}
    union select o.id, o.parent_id, o.kind from organization o join up on o.id = up.parent_id
  ), down as (
    -- A tree without any bureau is one county by itself.
    select id from up where kind = 'bureau' or parent_id is null
    union select o.id from organization o join down on o.parent_id = down.id where o.kind <> 'bureau'
  ) select id from down)`;
}
