import { sql } from 'kysely';
import { foldLogin } from '#protocol/sign-in.ts';
import type { Db } from '../database/database.ts';
import type { PasswordOwner } from './common-passwords.ts';
import type { PasswordHash } from './password-hash.ts';
import type { PasswordPolicies } from './password-policy.ts';

/** Passwords of people; a classroom has a device instead. */
export class Passwords {
  readonly policies: PasswordPolicies;
  readonly #db: Db;
  readonly #hash: PasswordHash;

  constructor(db: Db, hash: PasswordHash, policies: PasswordPolicies) {
    this.#db = db;
    this.#hash = hash;
    this.policies = policies;
  }

  /** The account that has this login and password; null when none, after the same time in every case. */
  async find(login: string, password: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('account')
      .leftJoin('password', 'password.account_id', 'account.id')
      .select(['account.id', 'password.hash'])
      .where(sql`lower(account.login)`, '=', foldLogin(login))
      .where('account.kind', '=', 'person')
      .where('account.disabled_at', 'is', null)
      .where('account.archived_at', 'is', null)
      .executeTakeFirst();
    const stored = row?.hash ?? null;
    if (!(await this.#hash.verify(stored, password))) return null;
    if (stored && this.#hash.isCheap(stored)) {
      const hash = await this.#hash.hash(password);
      await this.#db.updateTable('password').set({ hash }).where('account_id', '=', row!.id).execute();
    }
    return row!.id;
  }

  /** Whether it is this account's; an account without one has none that is right. */
  async isRight(accountId: string, password: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('password')
      .select('hash')
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return await this.#hash.verify(row?.hash ?? null, password);
  }

  async changedAt(accountId: string): Promise<Date | null> {
    const row = await this.#db
      .selectFrom('password')
      .select('changed_at')
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return row?.changed_at ?? null;
  }

  /** What is to be stored of a new password. @throws AppError FIELDS when the policy refuses it. */
  async prepare(password: string, owner: PasswordOwner): Promise<string> {
    await this.policies.mustSuit(password, owner);
    return await this.#hash.hash(password);
  }

  /** The same, for an account that is there. */
  async prepareFor(accountId: string, password: string, login?: string): Promise<string> {
    return await this.prepare(password, await this.#ownerOf(accountId, login));
  }

  async store(accountId: string, hash: string, db: Db = this.#db): Promise<void> {
    const row = { hash, changed_at: new Date(), must_change: false };
    await db
      .insertInto('password')
      .values({ account_id: accountId, ...row })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
      .execute();
  }

  async #ownerOf(accountId: string, login?: string): Promise<PasswordOwner> {
    const row = await this.#db
      .selectFrom('account')
      .innerJoin('organization', 'organization.id', 'account.organization_id')
      .select(['account.login', 'account.name', 'organization.name as organization'])
      .where('account.id', '=', accountId)
      .executeTakeFirst();
    return { login: login ?? row?.login ?? null, names: row ? [row.name, row.organization] : [] };
  }
}
