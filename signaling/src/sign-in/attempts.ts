import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '#protocol/errors.ts';
import type { Db } from '../database/database.ts';

interface Rule {
  /** So many failures cost nothing but themselves; from then on each doubles the wait. */
  free: number;
  baseMs: number;
  capMs: number;
  /** After so long without a failure all is forgotten. */
  forgetMs: number;
}

const MINUTE = 60_000;
export const RULES = {
  /** One login from one address, or from one browser that signed in with it before: the strict one. */
  pair: { free: 5, baseMs: 1_000, capMs: 15 * MINUTE, forgetMs: 24 * 60 * MINUTE },
  /** One login from everywhere: who tries from many addresses still gets only so far. */
  login: { free: 30, baseMs: 1_000, capMs: MINUTE, forgetMs: 60 * MINUTE },
  /** One address, which may be a whole school's. */
  address: { free: 60, baseMs: 1_000, capMs: MINUTE, forgetMs: 15 * MINUTE },
  /** Codes of a second factor, and one's own old password. */
  code: { free: 5, baseMs: 2_000, capMs: 15 * MINUTE, forgetMs: 24 * 60 * MINUTE },
} as const satisfies Record<string, Rule>;

/** What an attempt is counted under. */
export interface Counter {
  rule: keyof typeof RULES;
  of: string;
}

/** An attempt that was counted before it is known how it ends; `succeeded` takes that back. */
export interface Attempt {
  succeeded(): Promise<void>;
  /** How long the next one has to wait, should this one fail; 0: not at all. */
  waitMs: number;
}

/** How many locks are remembered here without asking the database. */
const MAX_REMEMBERED = 10_000;

/**
 * Counts attempts and makes whoever fails wait, longer each time. An attempt counts as failed from its beginning:
 * ten thousand at once are ten thousand failures, not ten thousand tries before the first is counted. A refused one
 * counts nothing and costs nothing: what is locked is remembered in memory; the rows outlive a restart.
 */
export class Attempts {
  readonly #db: Db;
  readonly #now: () => number;
  readonly #lockedUntil = new Map<string, number>();

  constructor(db: Db, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /** @throws AppError SIGN_IN_LOCKED with `retryAfterMs` when one of the counters is locked. */
  async begin(counters: readonly Counter[]): Promise<Attempt> {
    const keys = counters.map((counter) => ({ key: keyOf(counter), rule: RULES[counter.rule] }));
    for (const { key } of keys) this.#mustBeOpen(key, this.#lockedUntil.get(key) ?? 0);
    const taken: { key: string; lockedUntil: number }[] = [];
    try {
      for (const { key, rule } of keys) taken.push({ key, lockedUntil: await this.#take(key, rule) });
    } catch (error) {
      await this.#giveBack(taken, false);
      throw error;
    }
    const now = this.#now();
    return {
      waitMs: Math.max(0, ...taken.map(({ lockedUntil }) => lockedUntil - now)),
      succeeded: () => this.#giveBack(taken, true),
    };
  }

  #mustBeOpen(key: string, lockedUntil: number): void {
    const waitMs = lockedUntil - this.#now();
    if (waitMs > 0) throw new AppError('SIGN_IN_LOCKED', 'too many failures', { retryAfterMs: waitMs });
    this.#lockedUntil.delete(key);
  }

  async #take(key: string, { free, baseMs, capMs, forgetMs }: Rule): Promise<number> {
    const now = new Date(this.#now());
    const forget = new Date(now.getTime() - forgetMs);
    const { rows } = await sql<{ locked_until: Date | null }>`
      insert into sign_in_failure as f (key, failures, last_at) values (${key}, 1, ${now})
      on conflict (key) do update set
        failures = case when f.last_at < ${forget} then 1 else f.failures + 1 end,
        last_at = ${now},
        locked_until = case when f.last_at < ${forget} or f.failures + 1 < ${sql.lit(free)} then null
          else ${now}::timestamptz + interval '1 millisecond' *
            least(${sql.lit(capMs)}, ${sql.lit(baseMs)} * power(2, least(f.failures + 1 - ${sql.lit(free)}, 20))) end
      where f.locked_until is null or f.locked_until <= ${now}
      returning locked_until`.execute(this.#db);
    const locked = rows[0] ? rows[0].locked_until : await this.#lockOf(key);
    const until = locked?.getTime() ?? 0;
    if (until > now.getTime()) this.#remember(key, until);
    if (!rows[0]) this.#mustBeOpen(key, until);
    return until;
  }

  async #lockOf(key: string): Promise<Date | null> {
    const row = await this.#db
      .selectFrom('sign_in_failure')
      .select('locked_until')
      .where('key', '=', key)
      .executeTakeFirst();
    return row?.locked_until ?? null;
  }

  #remember(key: string, until: number): void {
    if (this.#lockedUntil.size >= MAX_REMEMBERED) this.#lockedUntil.clear();
    this.#lockedUntil.set(key, until);
  }

  /** Of a strict counter (the last one) a success forgets all; of the others it takes back only itself. */
  async #giveBack(
    taken: readonly { key: string; lockedUntil: number }[],
    forgetLast: boolean,
  ): Promise<void> {
    for (const [index, { key, lockedUntil }] of taken.entries()) {
      this.#lockedUntil.delete(key);
      if (forgetLast && index === taken.length - 1) {
        await this.#db.deleteFrom('sign_in_failure').where('key', '=', key).execute();
        continue;
      }
      const mine = lockedUntil > 0 ? new Date(lockedUntil) : null;
      await sql`
        update sign_in_failure set failures = greatest(failures - 1, 0),
          locked_until = case when locked_until is not distinct from ${mine}::timestamptz then null
            else locked_until end
        where key = ${key}`.execute(this.#db);
    }
  }

  /** Removes what nobody needs any more. */
  async sweep(): Promise<void> {
    const longest = Math.max(...Object.values(RULES).map(({ forgetMs }) => forgetMs));
    await this.#db
      .deleteFrom('sign_in_failure')
      .where('last_at', '<', new Date(this.#now() - longest))
      .execute();
  }
}

const keyOf = ({ rule, of }: Counter): string =>
  `${rule}:${createHash('sha256').update(of).digest('base64url')}`;

/** An address as it is counted: of IPv6 a household has 2^64. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const all = [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return all.slice(0, 4).join(':');
}
