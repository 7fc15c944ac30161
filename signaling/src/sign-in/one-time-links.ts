import { AppError } from '#protocol/errors.ts';
import { hashOf, newToken } from '../account/token.ts';
import type { Db } from '../database/database.ts';

export type LinkPurpose = 'firstAdministrator' | 'setPassword';

/** Links that open one thing once. The token is in the link alone; the table keeps its hash. */
export class OneTimeLinks {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** A new one; those before it for the same purpose and account open nothing any more. */
  async create(
    purpose: LinkPurpose,
    { accountId, createdBy, hours }: { accountId: string | null; createdBy: string | null; hours: number },
  ): Promise<{ token: string; expiresAt: Date }> {
    const token = newToken();
    const now = new Date();
    const expiresAt = new Date(now.getTime() + hours * 3_600_000);
    await this.#db.transaction().execute(async (trx) => {
      await trx
        .deleteFrom('one_time_link')
        .where('purpose', '=', purpose)
        .where('account_id', 'is not distinct from', accountId)
        .execute();
      await trx
        .insertInto('one_time_link')
        .values({
          ...{ token_hash: hashOf(token), purpose, account_id: accountId, created_by: createdBy },
          ...{ created_at: now, expires_at: expiresAt, used_at: null },
        })
        .execute();
    });
    return { token, expiresAt };
  }

  /** Whom a link is for, without using it up. @throws AppError LINK_INVALID */
  async look(purpose: LinkPurpose, token: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('one_time_link')
      .select('account_id')
      .where('token_hash', '=', hashOf(token))
      .where('purpose', '=', purpose)
      .where('used_at', 'is', null)
      .where('expires_at', '>', new Date())
      .executeTakeFirst();
    if (!row) throw new AppError('LINK_INVALID', 'the link was used, is too old or never was');
    return row.account_id;
  }

  /** Uses it up; of two at once one succeeds. @throws AppError LINK_INVALID */
  async use(purpose: LinkPurpose, token: string, trx: Db): Promise<void> {
    const { numUpdatedRows } = await trx
      .updateTable('one_time_link')
      .set({ used_at: new Date() })
      .where('token_hash', '=', hashOf(token))
      .where('purpose', '=', purpose)
      .where('used_at', 'is', null)
      .where('expires_at', '>', new Date())
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new AppError('LINK_INVALID', 'the link was used or is too old');
  }

  async remove(purpose: LinkPurpose): Promise<void> {
    await this.#db.deleteFrom('one_time_link').where('purpose', '=', purpose).execute();
  }
}
