import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Db } from '../database/database.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);
/** About 40 ms and 16 MiB a try. */
const COST = { N: 16_384, r: 8, p: 1 };
const KEY_BYTES = 32;
const GRANT_MS = 2 * 3_600_000;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFKC'), salt, KEY_BYTES, COST);
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, salt, key] = hash.split('$');
  if (scheme !== 'scrypt' || !salt || !key) return false;
  const given = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64url'), KEY_BYTES, COST);
  return timingSafeEqual(given, Buffer.from(key, 'base64url'));
}

/**
 * Who has given a resource's password carries a signed grant in a cookie of that resource's addresses. Another
 * password, or none any more, ends every grant at once: what is signed holds the hash.
 */
export class PasswordGrants {
  readonly #db: Db;
  readonly #secret: string;

  constructor(db: Db, secret: string) {
    this.#db = db;
    this.#secret = secret;
  }

  /** `Set-Cookie` that lets in. @returns null when the password is wrong. */
  async unlock(
    resourceId: string,
    password: string,
    { secure, now = Date.now() }: { secure: boolean; now?: number },
  ): Promise<string | null> {
    const hash = await this.#hashOf(resourceId);
    // As long for a resource that has none: nobody learns from the clock.
    if (!(await isPassword(password, hash ?? NO_HASH)) || !hash) return null;
    const expires = now + GRANT_MS;
    return stringifySetCookie({
      name: nameOf(resourceId),
      value: `${expires}.${this.#sign(resourceId, hash, expires)}`,
      httpOnly: true,
      sameSite: 'lax',
      secure,
      path: '/api',
      expires: new Date(expires),
    });
  }

  async holds(resourceId: string, cookieHeader: string | undefined, now = Date.now()): Promise<boolean> {
    const grant = cookieHeader ? parseCookie(cookieHeader)[nameOf(resourceId)] : undefined;
    const [expires, signature] = grant?.split('.') ?? [];
    if (!expires || !signature || !(Number(expires) > now)) return false;
    const hash = await this.#hashOf(resourceId);
    if (!hash) return false;
    const right = Buffer.from(this.#sign(resourceId, hash, Number(expires)));
    const given = Buffer.from(signature);
    return right.length === given.length && timingSafeEqual(right, given);
  }

  #sign(resourceId: string, hash: string, expires: number): string {
    return createHmac('sha256', this.#secret)
      .update(`resource ${resourceId} ${hash} ${expires}`)
      .digest('base64url');
  }

  async #hashOf(resourceId: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('resource')
      .select('password_hash')
      .where('id', '=', resourceId)
      .executeTakeFirst();
    return row?.password_hash ?? null;
  }
}

const nameOf = (resourceId: string) => `tc_open_${resourceId}`;
const NO_HASH = `scrypt$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(KEY_BYTES).toString('base64url')}`;
