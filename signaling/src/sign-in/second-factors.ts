import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { AppError } from '#protocol/errors.ts';
import type { TotpOffer } from '#protocol/sign-in.ts';
import type { Db } from '../database/database.ts';
import type { Sealer } from './sealed.ts';

const PERIOD_S = 30;
const RECOVERY_CODES = 10;
/** Without what is mistaken for one another on paper. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** Codes of an authenticator app (RFC 6238) and the recovery codes on paper beside them. */
export class SecondFactors {
  readonly #db: Db;
  readonly #sealer: Sealer;
  readonly #issuer: string;
  readonly #now: () => number;

  constructor(db: Db, sealer: Sealer, issuer: string, now: () => number = Date.now) {
    this.#db = db;
    this.#sealer = sealer;
    this.#issuer = issuer;
    this.#now = now;
  }

  async hasTotp(accountId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('totp')
      .select('confirmed_at')
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return row?.confirmed_at != null;
  }

  /** A new secret, that counts when its first code is shown. @throws AppError WRONG_STATE when one counts already. */
  async offer(accountId: string, label: string): Promise<TotpOffer> {
    const secret = new Secret({ size: 20 });
    const row = { secret: this.#sealer.seal(secret.base32, accountId), last_step: 0 };
    const stored = await this.#db
      .insertInto('totp')
      .values({ account_id: accountId, ...row })
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet(row).where('totp.confirmed_at', 'is', null),
      )
      .returning('account_id')
      .executeTakeFirst();
    if (!stored) throw new AppError('WRONG_STATE', 'a second factor is set up already');
    return { uri: this.#totp(secret.base32, label).toString(), secret: secret.base32 };
  }

  /** Shows the first code. @returns recovery codes; null when the code is not right. */
  async confirm(accountId: string, code: string): Promise<string[] | null> {
    if (!(await this.#takeCode(accountId, code, false))) return null;
    await this.#db
      .updateTable('totp')
      .set({ confirmed_at: new Date(this.#now()) })
      .where('account_id', '=', accountId)
      .execute();
    return await this.renewRecoveryCodes(accountId);
  }

  /** Whether `code` is the app's now, or one step beside it (a telephone's clock is not ours), or a recovery code. */
  async use(accountId: string, code: string): Promise<'totp' | 'recovery' | null> {
    if (/^\d{6}$/.test(code)) return (await this.#takeCode(accountId, code, true)) ? 'totp' : null;
    const { numUpdatedRows } = await this.#db
      .updateTable('recovery_code')
      .set({ used_at: new Date(this.#now()) })
      .where('account_id', '=', accountId)
      .where('code_hash', '=', hashOfCode(accountId, code))
      .where('used_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n ? 'recovery' : null;
  }

  /** Ten new ones; those before them open nothing any more. */
  async renewRecoveryCodes(accountId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, newCode);
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
      await trx
        .insertInto('recovery_code')
        .values(codes.map((code) => ({ account_id: accountId, code_hash: hashOfCode(accountId, code) })))
        .execute();
    });
    return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
  }

  async recoveryCodesLeft(accountId: string): Promise<number> {
    const row = await this.#db
      .selectFrom('recovery_code')
      .select(({ fn }) => fn.countAll<string>().as('left'))
      .where('account_id', '=', accountId)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(row.left);
  }

  async remove(accountId: string): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('totp').where('account_id', '=', accountId).execute();
      await trx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
    });
  }

  /** A code is used once: its step and all before it are over, also for two that come at the same time. */
  async #takeCode(accountId: string, code: string, confirmed: boolean): Promise<boolean> {
    const row = await this.#db
      .selectFrom('totp')
      .select(['secret', 'confirmed_at'])
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    if (!row || (row.confirmed_at !== null) !== confirmed) return false;
    const now = this.#now();
    const totp = this.#totp(this.#sealer.open(row.secret, accountId), '');
    const delta = totp.validate({ token: code, timestamp: now, window: 1 });
    if (delta === null) return false;
    const step = Math.floor(now / 1000 / PERIOD_S) + delta;
    const { numUpdatedRows } = await this.#db
      .updateTable('totp')
      .set({ last_step: step })
      .where('account_id', '=', accountId)
      .where('last_step', '<', String(step))
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  #totp(secret: string, label: string): TOTP {
    return new TOTP({ issuer: this.#issuer, label, secret, digits: 6, period: PERIOD_S, algorithm: 'SHA1' });
  }
}

const newCode = (): string => [...randomBytes(10)].map((byte) => LETTERS[byte % LETTERS.length]).join('');

const hashOfCode = (accountId: string, code: string): string =>
  createHash('sha256').update(`${accountId} ${code}`).digest('base64url');
