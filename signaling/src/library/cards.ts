import type { Account } from '#protocol/domain.ts';
import type { LibraryCard } from '#protocol/search.ts';
import type { Db } from '../database/database.ts';
import { watchable } from '../resource/access.ts';
import { type ResourceRow, resourceRows, toResource } from '../resource/resource-rows.ts';
import type { Covers } from './covers.ts';

/** Resources as lists show them. The last word over who sees what is here, whatever a list was made from. */
export class Cards {
  readonly #db: Db;
  readonly #covers: Pick<Covers, 'of'> | null;

  constructor(db: Db, covers: Pick<Covers, 'of'> | null = null) {
    this.#db = db;
    this.#covers = covers;
  }

  /** Those of `ids` that the account (null: nobody signed in) may watch or has made itself, in the order of `ids`. */
  async ofIds(ids: readonly string[], account: Account | null): Promise<LibraryCard[]> {
    if (ids.length === 0) return [];
    const rows = await resourceRows(this.#db)
      .where('resource.id', 'in', ids)
      .where((eb) => {
        if (!account) return watchable(eb, null);
        const own = eb.and([
          eb('resource.author_id', '=', account.accountId),
          eb('resource.binned_at', 'is', null),
        ]);
        return eb.or([watchable(eb, account), own]);
      })
      .execute();
    const cards = await this.of(rows.map(toResource));
    const known = new Map(cards.map((card) => [card.resourceId, card]));
    return ids.flatMap((id) => known.get(id) ?? []);
  }

  /** Cards of resources that may be seen. */
  async of(rows: readonly ResourceRow[]): Promise<LibraryCard[]> {
    const covers = await this.#covers?.of(rows);
    return rows.map(({ programme: _, ...card }) => ({
      ...card,
      cover: covers?.get(card.resourceId) ?? null,
    }));
  }
}
