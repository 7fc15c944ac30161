import { type Expression, type SqlBool, sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { type OfficeAction, scopeOf } from '#protocol/office.ts';
import type { Audit } from '../audit/audit.ts';
import type { Db } from '../database/database.ts';

/** The permission table of the office, as a check of one organization and as a condition of a query. */
export class OfficeAccess {
  readonly #db: Db;
  readonly #audit: Audit | null;

  constructor(db: Db, audit: Audit | null = null) {
    this.#db = db;
    this.#audit = audit;
  }

  /**
   * Passes when `account` may do `action` at `organizationId`.
   * @throws AppError FORBIDDEN when its role may do that nowhere, NOT_FOUND when not there: whether the organization
   * exists makes no difference. AUDIT_FAILED when it would change something and could not be written down.
   */
  async mustMay(account: Account, action: OfficeAction, organizationId: string | null): Promise<void> {
    if (!scopeOf(account.role, action)) throw new AppError('FORBIDDEN', `${account.role} may not ${action}`);
    if (organizationId === null || !(await this.may(account, action, organizationId)))
      throw new AppError('NOT_FOUND', 'no such organization');
    if (!isReading(action)) await this.#audit?.mustStand();
  }

  async may(account: Account, action: OfficeAction, organizationId: string): Promise<boolean> {
    const scope = scopeOf(account.role, action);
    if (!scope) return false;
    const { rows } = await sql<{ id: string }>`
      with recursive above as (
        select id, parent_id from organization where id = ${organizationId}
        union select o.id, o.parent_id from organization o join above a on o.id = a.parent_id
      ) select id from above where id = ${account.organizationId}`.execute(this.#db);
    return rows.length > 0 && (scope === 'tree' || account.organizationId === organizationId);
  }

  /**
   * The condition that the organization of a row (`reference`, such as `lesson.organization_id`) is one where
   * `account` may do `action`. @throws AppError FORBIDDEN when its role may do that nowhere.
   */
  where(account: Account, action: OfficeAction, reference: string): Expression<SqlBool> {
    const scope = scopeOf(account.role, action);
    if (!scope) throw new AppError('FORBIDDEN', `${account.role} may not ${action}`);
    const column = sql.ref(reference);
    return scope === 'own'
      ? sql<SqlBool>`${column} = ${account.organizationId}`
      : sql<SqlBool>`${column} in ${organizationsBelow(account.organizationId)}`;
  }
}

const isReading = (action: OfficeAction): boolean => /\.(see|read|alarm)$/.test(action);

/** A subquery: the organization and all below it. */
export const organizationsBelow = (organizationId: string) => sql`(with recursive below as (
    select id from organization where id = ${organizationId}
    union select o.id from organization o join below b on o.parent_id = b.id
  ) select id from below)`;
