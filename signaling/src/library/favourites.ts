import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { LibraryCard } from '#protocol/search.ts';
import { MAX_FAVOURITES } from '#protocol/shelf.ts';
import type { Db } from '../database/database.ts';
import type { Cards } from './cards.ts';

/** What people have put aside for themselves. */
export class Favourites {
  readonly #db: Db;
  readonly #cards: Cards;

  constructor(db: Db, cards: Cards) {
    this.#db = db;
    this.#cards = cards;
  }

  /** The last put first; what may not be watched any more is not among them, and comes back when it may. */
  async of(account: Account): Promise<LibraryCard[]> {
    const rows = await this.#db
      .selectFrom('favourite')
      .select('resource_id')
      .where('account_id', '=', account.accountId)
      .orderBy('at', 'desc')
      .orderBy('resource_id')
      .execute();
    return await this.#cards.ofIds(
      rows.map(({ resource_id }) => resource_id),
      account,
    );
  }

  /** @throws AppError TOO_LARGE when there are as many as one can keep */
  async put(resourceId: string, { accountId, organizationId }: Account): Promise<void> {
    const { count } = await this.#db
      .selectFrom('favourite')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow();
    if (Number(count) >= MAX_FAVOURITES) throw new AppError('TOO_LARGE', 'too many favourites');
    await this.#db
      .insertInto('favourite')
      .values({
        account_id: accountId,
        resource_id: resourceId,
        organization_id: organizationId,
        at: new Date(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async remove(resourceId: string, { accountId }: Account): Promise<void> {
    await this.#db
      .deleteFrom('favourite')
      .where('account_id', '=', accountId)
      .where('resource_id', '=', resourceId)
      .execute();
  }
}
