import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { IngestKey } from '#protocol/rest.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import { hashOf, newToken } from '../account/token.ts';
import type { Db } from '../database/database.ts';

const VALID_MS = 12 * 3_600_000;

/** Keys with which a program (studio machine, OBS, `teach`) sends media into one lesson as one account. */
export class IngestKeys {
  readonly #db: Db;
  readonly #accounts: AccountRepository;

  constructor(db: Db, accounts: AccountRepository) {
    this.#db = db;
    this.#accounts = accounts;
  }

  async create(lessonId: Id, accountId: Id): Promise<IngestKey> {
    const token = newToken();
    const expiresAt = Date.now() + VALID_MS;
    await this.#db
      .insertInto('ingest_key')
      .values({
        token_hash: hashOf(token),
        lesson_id: lessonId,
        account_id: accountId,
        expires_at: new Date(expiresAt),
      })
      .execute();
    return { whipPath: `/whip/${lessonId}`, token, expiresAt };
  }

  /** @throws AppError NOT_SIGNED_IN for a key that is wrong, too old, or another lesson's. */
  async accountOf(lessonId: Id, token: string): Promise<Account> {
    const row = await this.#db
      .selectFrom('ingest_key')
      .select('account_id')
      .where('token_hash', '=', hashOf(token))
      .where('lesson_id', '=', lessonId)
      .where('expires_at', '>', new Date())
      .executeTakeFirst();
    const account = row && (await this.#accounts.find(row.account_id));
    if (!account) throw new AppError('NOT_SIGNED_IN', 'the ingest key is not valid for this lesson');
    return account;
  }
}
