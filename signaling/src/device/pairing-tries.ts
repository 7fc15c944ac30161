import { sql } from 'kysely';
import { AppError } from '#protocol/errors.ts';
import type { Db } from '../database/database.ts';
import { networkOf } from '../sign-in/attempts.ts';

const MINUTE_MS = 60_000;
/** Wrong codes of one room's line, and of everybody together. */
const OF_ADDRESS = { tries: 10, withinMs: 10 * MINUTE_MS };
/**
 * A code lives ten minutes and there are a million: with a hundred wrong tries an hour, from however many addresses,
 * an open code is found once in more than a year of trying.
 */
const OF_ALL = { tries: 100, withinMs: 60 * MINUTE_MS };

/** How often a pairing code may be guessed. A try is taken before the code is looked at, so that none runs beside. */
export class PairingTries {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** @throws AppError TOO_MANY_REQUESTS with how long to wait. */
  async take(address: string): Promise<void> {
    await this.#count(keyOf(address), OF_ADDRESS);
    await this.#count(ALL, OF_ALL);
  }

  /** The code was right: the try does not count. */
  async giveBack(address: string): Promise<void> {
    await this.#db
      .updateTable('sign_in_failure')
      .set(({ eb }) => ({ failures: eb('failures', '-', 1) }))
      .where('key', 'in', [keyOf(address), ALL])
      .where('failures', '>', 0)
      .execute();
  }

  async #count(key: string, { tries, withinMs }: { tries: number; withinMs: number }): Promise<void> {
    const now = new Date();
    const since = new Date(now.getTime() - withinMs);
    // One statement, so that two at once are counted as two. The window begins with its first try.
    const row = await this.#db
      .insertInto('sign_in_failure')
      .values({ key, failures: 1, last_at: now })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          failures: sql`case when sign_in_failure.last_at < ${since} then 1 else sign_in_failure.failures + 1 end`,
          last_at: sql`case when sign_in_failure.last_at < ${since} then ${now} else sign_in_failure.last_at end`,
        }),
      )
      .returning(['failures', 'last_at'])
      .executeTakeFirstOrThrow();
    if (row.failures <= tries) return;
    throw new AppError('TOO_MANY_REQUESTS', 'too many wrong pairing codes', {
      retryAfterMs: Math.max(1_000, row.last_at.getTime() + withinMs - now.getTime()),
    });
  }
}

const ALL = 'pair:everybody';

const keyOf = (address: string): string => `pair:${networkOf(address)}`;
