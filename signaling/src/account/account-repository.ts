import { createHash, randomBytes } from 'node:crypto';
import type { Account } from '#protocol/domain.ts';
import type { Db } from '../database/database.ts';
import { demoSelection } from '../demo/demo-selection.ts';

export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
export const newToken = () => randomBytes(32).toString('base64url');

/** Accounts and their sessions. A session's token is known to its browser alone; the table keeps its hash. */
export class AccountRepository {
  readonly #db: Db;
  readonly #sessionMs: number;

  constructor(db: Db, sessionHours: number) {
    this.#db = db;
    this.#sessionMs = sessionHours * 3_600_000;
  }

  async find(accountId: string): Promise<Account | null> {
    return (await this.#accounts().where('account.id', '=', accountId).executeTakeFirst()) ?? null;
  }

  async all(): Promise<Account[]> {
    return await this.#accounts()
      .orderBy('organization.id')
      .orderBy('account.kind')
      .orderBy('account.name')
      .execute();
  }

  /** Who is offered to those who try the platform: everybody, or of very many a few of each kind. */
  async forDemo(): Promise<Account[]> {
    const few = await demoSelection(this.#db);
    return (await this.all()).filter(({ accountId }) => !few || few.has(accountId));
  }

  async openSession(accountId: string): Promise<{ token: string; expiresAt: Date }> {
    const token = newToken();
    const expiresAt = new Date(Date.now() + this.#sessionMs);
    await this.#db.deleteFrom('session').where('expires_at', '<', new Date()).execute();
    await this.#db
      .insertInto('session')
      .values({ token_hash: hashOf(token), account_id: accountId, expires_at: expiresAt })
      .execute();
    return { token, expiresAt };
  }

  async ofSession(token: string): Promise<Account | null> {
    const account = await this.#accounts()
      .innerJoin('session', 'session.account_id', 'account.id')
      .where('session.token_hash', '=', hashOf(token))
      .where('session.expires_at', '>', new Date())
      .executeTakeFirst();
    return account ?? null;
  }

  async closeSession(token: string): Promise<void> {
    await this.#db.deleteFrom('session').where('token_hash', '=', hashOf(token)).execute();
  }

  #accounts() {
    return this.#db
      .selectFrom('account')
      .innerJoin('organization', 'organization.id', 'account.organization_id')
      .innerJoin('account_role', 'account_role.account_id', 'account.id')
      .select([
        'account.id as accountId',
        'account.kind',
        'account.name',
        'account_role.role',
        'account.organization_id as organizationId',
        'organization.name as organizationName',
      ]);
  }
}
