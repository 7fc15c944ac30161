import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { AppError } from '#protocol/errors.ts';
import type { Db } from '../database/database.ts';
import type { Sealer } from './sealed.ts';

const CHALLENGE_MS = 5 * 60_000;
const MAX_PASSKEYS = 20;

/** Where a page is: passkeys belong to one name. */
export interface PasskeySite {
  host: string;
  origin: string;
}

type Answer = Parameters<typeof verifyAuthenticationResponse>[0]['response'];
type Registration = Parameters<typeof verifyRegistrationResponse>[0]['response'];

/** Keys that a device keeps and opens with a finger, a face or its PIN (WebAuthn). One is two factors at once. */
export class Passkeys {
  readonly #db: Db;
  readonly #sealer: Sealer;
  readonly #name: string;
  /** Challenges that were answered: each is for one answer. */
  readonly #answered = new Map<string, number>();

  constructor(db: Db, sealer: Sealer, name: string) {
    this.#db = db;
    this.#sealer = sealer;
    this.#name = name;
  }

  async of(accountId: string) {
    return await this.#db
      .selectFrom('passkey')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .execute();
  }

  async offerNew({ accountId, name }: { accountId: string; name: string }, { host }: PasskeySite) {
    const known = await this.of(accountId);
    if (known.length >= MAX_PASSKEYS)
      throw new AppError('WRONG_STATE', 'this account has many passkeys already');
    return await generateRegistrationOptions({
      rpName: this.#name,
      rpID: host,
      userName: name,
      userDisplayName: name,
      userID: Uint8Array.from(Buffer.from(accountId)),
      attestationType: 'none',
      excludeCredentials: known.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** @throws AppError PASSKEY_WRONG */
  async add(
    accountId: string,
    { response, name, ticket }: { response: unknown; name: string; ticket: string | null },
    site: PasskeySite,
  ): Promise<void> {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: response as Registration,
      expectedChallenge: this.#challengeOf(ticket, accountId),
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
    }).catch(refuse);
    if (!registrationInfo) throw new AppError('PASSKEY_WRONG', 'the passkey was not proven');
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    await this.#db
      .insertInto('passkey')
      .values({
        ...{ id, account_id: accountId, name, counter },
        public_key: Buffer.from(publicKey).toString('base64url'),
        transports: JSON.stringify(transports),
        created_at: new Date(),
      })
      .execute();
  }

  async offer({ host }: PasskeySite) {
    return await generateAuthenticationOptions({ rpID: host, userVerification: 'required' });
  }

  /** Whose passkey it is. @throws AppError PASSKEY_WRONG */
  async find(
    { response, ticket }: { response: unknown; ticket: string | null },
    site: PasskeySite,
  ): Promise<string> {
    const { id } = response as Answer;
    const expectedChallenge = this.#challengeOf(ticket, '');
    const row = await this.#db.selectFrom('passkey').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new AppError('PASSKEY_WRONG', 'no such passkey');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as Answer,
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
      credential: {
        id,
        publicKey: Uint8Array.from(Buffer.from(row.public_key, 'base64url')),
        counter: Number(row.counter),
      },
    }).catch(refuse);
    if (!verified) throw new AppError('PASSKEY_WRONG', 'the passkey was not proven');
    await this.#db
      .updateTable('passkey')
      .set({ counter: authenticationInfo.newCounter, used_at: new Date() })
      .where('id', '=', id)
      .execute();
    return row.account_id;
  }

  /** @returns whether it was this account's. */
  async remove(accountId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('passkey')
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async removeAll(accountId: string): Promise<void> {
    await this.#db.deleteFrom('passkey').where('account_id', '=', accountId).execute();
  }

  /** What the browser keeps until it answers: the challenge, signed, for minutes, for one account or for nobody yet. */
  ticketFor(challenge: string, accountId: string, now = Date.now()): string {
    const text = `${challenge}.${now + CHALLENGE_MS}.${accountId}`;
    return `${text}.${this.#sealer.sign(`passkey ${text}`)}`;
  }

  #challengeOf(ticket: string | null, accountId: string, now = Date.now()): string {
    const [challenge = '', expires = '', whose = '', signature = ''] = (ticket ?? '').split('.');
    const text = `${challenge}.${expires}.${whose}`;
    const isMine = this.#sealer.verify(`passkey ${text}`, signature) && whose === accountId;
    if (!isMine || Number(expires) < now || this.#answered.has(challenge))
      throw new AppError('PASSKEY_WRONG', 'the challenge is too old or another one');
    for (const [known, until] of this.#answered) if (until < now) this.#answered.delete(known);
    this.#answered.set(challenge, Number(expires));
    return challenge;
  }
}

function refuse(error: unknown): never {
  throw new AppError('PASSKEY_WRONG', 'the passkey was not proven', { cause: error });
}

/** A name with a dot, or localhost: an address of numbers has no passkeys. */
export const mayUsePasskeys = (host: string): boolean =>
  host === 'localhost' || (/[a-z]/i.test(host) && host.includes('.') && !host.includes(':'));

/** A ticket is stored in a cookie of its own. */
export const PASSKEY_COOKIE = 'tc_passkey';
