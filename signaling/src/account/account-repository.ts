import { type RawBuilder, sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { Grant, SessionEnd } from '#protocol/session.ts';
import type { Db } from '../database/database.ts';
import { demoSelection } from '../demo/demo-selection.ts';
import { roleOrder } from './first-role.ts';
import { type SessionChoice, Sessions } from './sessions.ts';

/** Accounts, what they are where, and their sessions. Who was switched off or archived is nobody here. */
export class AccountRepository {
  readonly sessions: Sessions;
  readonly #db: Db;

  constructor(db: Db, sessionHours: number) {
    this.#db = db;
    this.sessions = new Sessions(db, sessionHours);
  }

  /** As the first of its roles. */
  async find(accountId: string): Promise<Account | null> {
    return (await this.#accounts(sql`a.id = ${accountId}`))[0] ?? null;
  }

  /** Each once, as the first of its roles. */
  async all(): Promise<Account[]> {
    return await this.#accounts(sql`true`);
  }

  /** Who is offered to those who try the platform: everybody, or of very many a few of each kind. */
  async forDemo(): Promise<Account[]> {
    const few = await demoSelection(this.#db);
    return (await this.all()).filter(({ accountId }) => !few || few.has(accountId));
  }

  /** Everything that an account is, in the fixed order. */
  async grantsOf(accountId: string): Promise<Grant[]> {
    const { rows } = await sql<Grant>`
      select ar.role, ar.organization_id as "organizationId", o.name as "organizationName"
      from account_role ar join account a on a.id = ar.account_id join organization o on o.id = ar.organization_id
      where a.id = ${accountId} order by ${roleOrder('ar', 'a')}`.execute(this.#db);
    return rows;
  }

  /** See {@link Sessions.end}. */
  async endSessions(choice: SessionChoice, reason: SessionEnd): Promise<void> {
    await this.sessions.end(choice, reason);
  }

  async #accounts(condition: RawBuilder<unknown>): Promise<Account[]> {
    const { rows } = await sql<Account>`
      select a.id as "accountId", a.kind, a.name, r.role, r.organization_id as "organizationId",
        o.name as "organizationName"
      from account a
      join lateral (select ar.role, ar.organization_id from account_role ar where ar.account_id = a.id
        order by ${roleOrder('ar', 'a')} limit 1) r on true
      join organization o on o.id = r.organization_id
      where ${condition} and a.disabled_at is null and a.archived_at is null
      order by o.id, a.kind, a.name`.execute(this.#db);
    return rows;
  }
}
