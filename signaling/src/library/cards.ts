import type { Account } from '#protocol/domain.ts';
import type { LibraryCard } from '#protocol/search.ts';
import type { Db } from '../database/database.ts';
import { watchable } from '../resource/access.ts';
import { type ResourceRow, resourceRows, toResource } from '../resource/resource-repository.ts';

/** Where a resource's picture is served; null where it has none. */
export type CoverOf = (row: ResourceRow) => string | null;

/** Resources as lists show them. The last word over who sees what is here, whatever a list was made from. */
export class Cards {
  readonly #db: Db;
  readonly #coverOf: CoverOf;

  constructor(db: Db, coverOf: CoverOf = () => null) {
    this.#db = db;
    this.#coverOf = coverOf;
  }

  /** Those of `ids` that the account (null: nobody signed in) may watch or has made itself, in the order of `ids`. */
  async ofIds(ids: readonly string[], account: Account | null): Promise<LibraryCard[]> {
    if (ids.length === 0) return [];
    const rows = await resourceRows(this.#db)
      .where('resource.id', 'in', ids)
      .where((eb) =>
        account
          ? eb.or([
              watchable(eb, account),
              eb.and([
                eb('resource.author_id', '=', account.accountId),
                eb('resource.binned_at', 'is', null),
              ]),
            ])
          : watchable(eb, null),
      )
      .execute();
    const known = new Map(rows.map((row) => [row.id, this.of(toResource(row))]));
    return ids.flatMap((id) => known.get(id) ?? []);
  }

  of(row: ResourceRow): LibraryCard {
    const { programme: _, ...card } = row;
    return { ...card, cover: this.#coverOf(row) };
  }
}
