import { AppError, type FieldError } from '#protocol/errors.ts';
import { PasswordPolicy, type StoredPasswordPolicy } from '#protocol/sign-in.ts';
import { lengthOf } from '#protocol/text.ts';
import type { Db } from '../database/database.ts';
import { isCommon, type PasswordOwner } from './common-passwords.ts';

const KEY = 'passwordPolicy';

/**
 * NIST SP 800-63B: length counts, not kinds of characters, and nobody has to change a password that nobody else
 * knows. What is asked for beyond that is refusing what everybody takes.
 */
const USUAL: StoredPasswordPolicy = { minLength: 8, refuseCommon: true, version: 0 };

/** The platform's one rule about passwords. It holds for passwords that are set from then on. */
export class PasswordPolicies {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async current(): Promise<StoredPasswordPolicy> {
    const row = await this.#db
      .selectFrom('setting')
      .select(['value', 'version'])
      .where('key', '=', KEY)
      .executeTakeFirst();
    return row ? { ...PasswordPolicy.parse(row.value), version: row.version } : USUAL;
  }

  /** @throws AppError OVERTAKEN when it is not `version` any more. */
  async change({ version, ...policy }: StoredPasswordPolicy, by: string): Promise<StoredPasswordPolicy> {
    const row = { value: JSON.stringify(policy), changed_by: by, changed_at: new Date() };
    const [changed] =
      version === 0
        ? await this.#db
            .insertInto('setting')
            .values({ key: KEY, ...row })
            .onConflict((conflict) => conflict.doNothing())
            .returning('version')
            .execute()
        : await this.#db
            .updateTable('setting')
            .set({ ...row, version: version + 1 })
            .where('key', '=', KEY)
            .where('version', '=', version)
            .returning('version')
            .execute();
    if (!changed) throw new AppError('OVERTAKEN', 'the policy was changed meanwhile');
    return { ...policy, version: changed.version };
  }

  /** @throws AppError FIELDS (`password`: tooShort, weak) when it may not be this owner's. */
  async mustSuit(password: string, owner: PasswordOwner): Promise<void> {
    const { minLength, refuseCommon } = await this.current();
    const issue = (wrong: Omit<FieldError, 'path'>) =>
      new AppError('FIELDS', 'the password is refused', { fields: [{ path: 'password', ...wrong }] });
    if (lengthOf(password) < minLength) throw issue({ issue: 'tooShort', values: { min: minLength } });
    if (refuseCommon && isCommon(password, owner)) throw issue({ issue: 'weak' });
  }
}
