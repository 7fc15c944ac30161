import type { Id } from '#protocol/ids.ts';
import { GONE_MS } from '#protocol/room-screen.ts';
import type { Db } from '../database/database.ts';

/** Which rooms' screens are on: they say so every few seconds, to whichever process, and it is forgotten as fast. */
export class Presences {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async here(accountId: Id): Promise<void> {
    const seen_at = new Date();
    await this.#db
      .insertInto('room_presence')
      .values({ classroom_id: accountId, seen_at })
      .onConflict((conflict) => conflict.column('classroom_id').doUpdateSet({ seen_at }))
      .execute();
  }

  /** Those of the rooms whose screens are on. */
  async among(accountIds: readonly Id[]): Promise<ReadonlySet<Id>> {
    if (accountIds.length === 0) return new Set();
    const rows = await this.#db
      .selectFrom('room_presence')
      .select('classroom_id')
      .where('classroom_id', 'in', [...accountIds])
      .where('seen_at', '>', new Date(Date.now() - GONE_MS))
      .execute();
    return new Set(rows.map(({ classroom_id }) => classroom_id));
  }
}
