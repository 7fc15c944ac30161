import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { Role } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { foldLogin } from '#protocol/sign-in.ts';
import { hashOf } from '../account/token.ts';
import type { Db } from '../database/database.ts';

/** How long somebody may take at the provider. */
const FLOW_MS = 10 * 60_000;

export interface Flow {
  nonce: string;
  codeVerifier: string;
  next: string;
  /** Who links one more identity; null: somebody signs in. */
  accountId: Id | null;
}

/** An account that a claim may belong to. */
export interface Candidate {
  accountId: Id;
  organizationId: Id;
  disabled: boolean;
  /** Somebody else's identity of the same provider is linked to it. */
  taken: boolean;
}

/** Which accounts the people of a provider are, and who is on the way there and back. */
export class IdentityRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async begin(
    provider: string,
    state: string,
    { nonce, codeVerifier, next, accountId }: Flow,
  ): Promise<void> {
    const now = new Date();
    await this.#db.deleteFrom('oidc_flow').where('expires_at', '<', now).execute();
    await this.#db
      .insertInto('oidc_flow')
      .values({
        ...{ state_hash: hashOf(state), provider, nonce, code_verifier: codeVerifier, next },
        account_id: accountId,
        expires_at: new Date(now.getTime() + FLOW_MS),
      })
      .execute();
  }

  /** Once: whoever comes back a second time with the same state comes too late. */
  async take(provider: string, state: string): Promise<Flow | null> {
    const row = await this.#db
      .deleteFrom('oidc_flow')
      .where('state_hash', '=', hashOf(state))
      .where('provider', '=', provider)
      .where('expires_at', '>', new Date())
      .returningAll()
      .executeTakeFirst();
    if (!row) return null;
    return { nonce: row.nonce, codeVerifier: row.code_verifier, next: row.next, accountId: row.account_id };
  }

  /** Whose account an identity is; null when it is nobody's. */
  async accountOf(provider: string, subject: string): Promise<{ accountId: Id; disabled: boolean } | null> {
    const row = await this.#db
      .selectFrom('identity_link')
      .innerJoin('account', 'account.id', 'identity_link.account_id')
      .select(['account.id', 'disabled_at', 'archived_at'])
      .where('provider', '=', provider)
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row ? { accountId: row.id, disabled: row.disabled_at !== null || row.archived_at !== null } : null;
  }

  /** People whose login or number a claim says; classrooms and the archived are none. */
  async candidates(provider: string, field: 'login' | 'number', value: string): Promise<Candidate[]> {
    const reference = field === 'login' ? sql`lower(login)` : sql`number`;
    const rows = await this.#db
      .selectFrom('account')
      .select(['id', 'organization_id', 'disabled_at'])
      .select(({ exists, selectFrom }) =>
        exists(
          selectFrom('identity_link')
            .select('subject')
            .whereRef('identity_link.account_id', '=', 'account.id')
            .where('provider', '=', provider),
        ).as('taken'),
      )
      .where(sql<boolean>`${reference} = ${field === 'login' ? foldLogin(value) : value}`)
      .where('kind', '=', 'person')
      .where('archived_at', 'is', null)
      .limit(2)
      .execute();
    return rows.map((row) => ({
      accountId: row.id,
      organizationId: row.organization_id,
      disabled: row.disabled_at !== null,
      taken: Boolean(row.taken),
    }));
  }

  /** False when somebody else has the identity already. */
  async link(provider: string, subject: string, accountId: Id): Promise<boolean> {
    await this.#db
      .insertInto('identity_link')
      .values({ provider, subject, account_id: accountId, linked_at: new Date() })
      .onConflict((conflict) => conflict.columns(['provider', 'subject']).doNothing())
      .execute();
    return (await this.accountOf(provider, subject))?.accountId === accountId;
  }

  /** A new person with this identity. `place` is an organization's code or id; null when there is none. */
  async create(
    place: string,
    person: { name: string; role: Role; provider: string; subject: string },
  ): Promise<{ accountId: Id; organizationId: Id } | null> {
    return await this.#db.transaction().execute(async (trx) => {
      const organization = await trx
        .selectFrom('organization')
        .select('id')
        .where(({ or, eb }) => or([eb('code', '=', place), eb('id', '=', place)]))
        .where('archived_at', 'is', null)
        .executeTakeFirst();
      if (!organization) return null;
      const accountId = newId();
      const organization_id = organization.id;
      await trx
        .insertInto('account')
        .values({ id: accountId, organization_id, kind: 'person', name: person.name })
        .execute();
      await trx
        .insertInto('account_role')
        .values({ account_id: accountId, organization_id, role: person.role })
        .execute();
      await trx
        .insertInto('identity_link')
        .values({
          provider: person.provider,
          subject: person.subject,
          account_id: accountId,
          linked_at: new Date(),
        })
        .execute();
      return { accountId, organizationId: organization_id };
    });
  }

  async ofAccount(accountId: Id): Promise<{ identityId: string; provider: string; linkedAt: number }[]> {
    const rows = await this.#db
      .selectFrom('identity_link')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('linked_at')
      .execute();
    return rows.map(({ provider, subject, linked_at }) => ({
      identityId: hashOf(`${provider} ${subject}`),
      provider,
      linkedAt: linked_at.getTime(),
    }));
  }

  /** False when the account has no such identity. */
  async unlink(accountId: Id, identityId: string): Promise<boolean> {
    const rows = await this.#db
      .selectFrom('identity_link')
      .selectAll()
      .where('account_id', '=', accountId)
      .execute();
    const found = rows.find(({ provider, subject }) => hashOf(`${provider} ${subject}`) === identityId);
    if (!found) return false;
    await this.#db
      .deleteFrom('identity_link')
      .where('provider', '=', found.provider)
      .where('subject', '=', found.subject)
      .where('account_id', '=', accountId)
      .execute();
    return true;
  }
}
