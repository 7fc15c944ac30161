import { newId } from '#platform/ids.ts';
import { AppError } from '#protocol/errors.ts';
import type { FirstStart as Answer, FirstStartSubject } from '#protocol/sign-in.ts';
import type { Db } from '../database/database.ts';
import type { OneTimeLinks } from './one-time-links.ts';
import type { Passwords } from './passwords.ts';

const HOURS = 24;

type Filled = Omit<Answer, 'organization'> & {
  organization: { name: string; kind: 'bureau' | 'school' } | null;
};

/**
 * Makes the first administrator. As long as nobody who administers can sign in, one link opens that page, once; there
 * is no password that everybody knows. Where the demo is on, its people are there to be chosen.
 */
export class FirstStart {
  readonly #db: Db;
  readonly #links: OneTimeLinks;
  readonly #passwords: Passwords;
  readonly #demo: boolean;

  constructor(db: Db, links: OneTimeLinks, passwords: Passwords, demo: boolean) {
    this.#db = db;
    this.#links = links;
    this.#passwords = passwords;
    this.#demo = demo;
  }

  async isNeeded(): Promise<boolean> {
    if (this.#demo) return false;
    const somebody = await this.#db
      .selectFrom('account_role as r')
      .innerJoin('account as a', 'a.id', 'r.account_id')
      .select('a.id')
      .where('r.role', '=', 'administrator')
      .where('a.disabled_at', 'is', null)
      .where('a.archived_at', 'is', null)
      .where(({ or, exists, selectFrom }) =>
        or([
          exists(selectFrom('password').select('account_id').whereRef('account_id', '=', 'a.id')),
          exists(selectFrom('passkey').select('account_id').whereRef('account_id', '=', 'a.id')),
          exists(selectFrom('identity_link').select('account_id').whereRef('account_id', '=', 'a.id')),
        ]),
      )
      .limit(1)
      .executeTakeFirst();
    return somebody === undefined;
  }

  /** The path of a new link; the one before opens nothing any more. Null when it is not needed. */
  async newLink(): Promise<string | null> {
    if (!(await this.isNeeded())) {
      await this.#links.remove('firstAdministrator');
      return null;
    }
    const options = { accountId: null, createdBy: null, hours: HOURS };
    const { token } = await this.#links.create('firstAdministrator', options);
    return `/first-start#${token}`;
  }

  async look(token: string): Promise<FirstStartSubject> {
    await this.#mustOpen(token);
    const { minLength } = await this.#passwords.policies.current();
    return { organizationName: (await this.#root())?.name ?? null, minLength };
  }

  /** @returns the account of the first administrator. @throws AppError LINK_INVALID, FIELDS */
  async finish({ token, organization, name, login, password }: Filled): Promise<string> {
    await this.#mustOpen(token);
    const root = await this.#root();
    const place = root?.name ?? organization?.name;
    if (place === undefined)
      throw new AppError('FIELDS', 'an organization is needed', {
        fields: [{ path: 'organization.name', issue: 'required' }],
      });
    const hash = await this.#passwords.prepare(password, { login, names: [name, place] });
    const accountId = newId();
    await this.#db.transaction().execute(async (trx) => {
      await this.#links.use('firstAdministrator', token, trx);
      const organization_id = root?.id ?? newId();
      if (!root)
        await trx
          .insertInto('organization')
          .values({ id: organization_id, parent_id: null, kind: organization!.kind, name: place })
          .execute();
      const taken = await trx
        .selectFrom('account')
        .select('id')
        .where(({ fn }) => fn<string>('lower', ['login']), '=', login)
        .executeTakeFirst();
      if (taken)
        throw new AppError('FIELDS', 'the login is taken', { fields: [{ path: 'login', issue: 'taken' }] });
      await trx
        .insertInto('account')
        .values({ id: accountId, organization_id, kind: 'person', name, login })
        .execute();
      await trx
        .insertInto('account_role')
        .values({ account_id: accountId, organization_id, role: 'administrator' })
        .execute();
      await this.#passwords.store(accountId, hash, trx);
    });
    return accountId;
  }

  /** A link that was printed and never opened makes nobody once somebody administers who came in otherwise. */
  async #mustOpen(token: string): Promise<void> {
    await this.#links.look('firstAdministrator', token);
    if (!(await this.isNeeded())) throw new AppError('LINK_INVALID', 'somebody administers already');
  }

  /** The top of the tree, where there is one. */
  async #root() {
    return await this.#db
      .selectFrom('organization')
      .select(['id', 'name'])
      .where('parent_id', 'is', null)
      .where('archived_at', 'is', null)
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
  }
}
