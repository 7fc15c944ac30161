import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { LibraryCard } from '#protocol/search.ts';
import { MAX_ITEMS, MAX_PLAYLISTS, type Playlist, type PlaylistText } from '#protocol/shelf.ts';
import type { Db } from '../database/database.ts';
import type { Cards } from './cards.ts';

/** Resources in an order that somebody gave them. */
export class Playlists {
  readonly #db: Db;
  readonly #cards: Cards;

  constructor(db: Db, cards: Cards) {
    this.#db = db;
    this.#cards = cards;
  }

  async of(account: Account): Promise<Playlist[]> {
    const rows = await this.#rows()
      .where('playlist.owner_id', '=', account.accountId)
      .where('playlist.removed_at', 'is', null)
      .orderBy('playlist.updated_at', 'desc')
      .orderBy('playlist.id')
      .execute();
    const items = await this.#items(rows.map(({ id }) => id));
    const ids = [...new Set(items.map(({ resource_id }) => resource_id))];
    const seen = new Set((await this.#cards.ofIds(ids, account)).map(({ resourceId }) => resourceId));
    return rows.map((row) =>
      toPlaylist(
        row,
        items.filter((item) => item.playlist_id === row.id && seen.has(item.resource_id)).length,
      ),
    );
  }

  /**
   * A playlist with those of its items that the account (null: nobody signed in) may watch.
   * @throws AppError NOT_FOUND when it is neither one's own nor shared
   */
  async open(
    playlistId: string,
    account: Account | null,
  ): Promise<{ playlist: Playlist; own: boolean; cards: LibraryCard[] }> {
    const row = await this.#rows()
      .where('playlist.id', '=', playlistId)
      .where('playlist.removed_at', 'is', null)
      .executeTakeFirst();
    const own = row !== undefined && row.owner_id === account?.accountId;
    if (!row || !(own || row.shared)) throw new AppError('NOT_FOUND', 'no such playlist');
    const items = await this.#items([playlistId]);
    const cards = await this.#cards.ofIds(
      items.map(({ resource_id }) => resource_id),
      account,
    );
    return { playlist: toPlaylist(row, cards.length), own, cards };
  }

  /** @throws AppError TOO_LARGE when somebody has as many as one can keep */
  async create(text: PlaylistText, { accountId, organizationId }: Account): Promise<string> {
    const { count } = await this.#db
      .selectFrom('playlist')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('owner_id', '=', accountId)
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(count) >= MAX_PLAYLISTS) throw new AppError('TOO_LARGE', 'too many playlists');
    const id = newId();
    const at = new Date();
    await this.#db
      .insertInto('playlist')
      .values({
        id,
        organization_id: organizationId,
        owner_id: accountId,
        ...text,
        removed_at: null,
        created_at: at,
        updated_at: at,
      })
      .execute();
    return id;
  }

  async change(playlistId: string, text: PlaylistText, account: Account): Promise<void> {
    await this.#own(playlistId, account, { ...text });
  }

  async remove(playlistId: string, account: Account): Promise<void> {
    await this.#own(playlistId, account, { removed_at: new Date() });
  }

  async restore(playlistId: string, account: Account): Promise<void> {
    await this.#own(playlistId, account, { removed_at: null }, true);
  }

  /** Sets the order. What the owner does not see at the moment stays in the list, behind the rest. */
  async arrange(playlistId: string, resourceIds: readonly string[], account: Account): Promise<void> {
    const visible = await this.#cards.ofIds(resourceIds, account);
    const before = await this.#items([playlistId]);
    const shown = new Set(
      (
        await this.#cards.ofIds(
          before.map(({ resource_id }) => resource_id),
          account,
        )
      ).map(({ resourceId }) => resourceId),
    );
    const unseen = before.flatMap(({ resource_id }) => (shown.has(resource_id) ? [] : [resource_id]));
    const order = [...new Set([...visible.map(({ resourceId }) => resourceId), ...unseen])];
    await this.#own(playlistId, account, {});
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('playlist_item').where('playlist_id', '=', playlistId).execute();
      if (order.length === 0) return;
      await trx
        .insertInto('playlist_item')
        .values(order.map((resource_id, position) => ({ playlist_id: playlistId, resource_id, position })))
        .execute();
    });
  }

  /** @throws AppError TOO_LARGE when the list is full */
  async add(playlistId: string, resourceId: string, account: Account): Promise<void> {
    await this.#own(playlistId, account, {});
    if ((await this.#items([playlistId])).length >= MAX_ITEMS)
      throw new AppError('TOO_LARGE', 'the playlist is full');
    await sql`insert into playlist_item (playlist_id, resource_id, position)
      select ${playlistId}, ${resourceId}, coalesce(max(position) + 1, 0) from playlist_item
      where playlist_id = ${playlistId} on conflict do nothing`.execute(this.#db);
  }

  async take(playlistId: string, resourceId: string, account: Account): Promise<void> {
    await this.#own(playlistId, account, {});
    await this.#db
      .deleteFrom('playlist_item')
      .where('playlist_id', '=', playlistId)
      .where('resource_id', '=', resourceId)
      .execute();
  }

  /** Changes one's own. @throws AppError NOT_FOUND when it is somebody else's, or there is none */
  async #own(
    playlistId: string,
    { accountId }: Account,
    change: Partial<PlaylistText> & { removed_at?: Date | null },
    removed = false,
  ): Promise<void> {
    const changed = await this.#db
      .updateTable('playlist')
      .set({ ...change, updated_at: new Date() })
      .where('id', '=', playlistId)
      .where('owner_id', '=', accountId)
      .where('removed_at', removed ? 'is not' : 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!changed) throw new AppError('NOT_FOUND', 'no such playlist');
  }

  async #items(playlistIds: readonly string[]) {
    if (playlistIds.length === 0) return [];
    return await this.#db
      .selectFrom('playlist_item')
      .selectAll()
      .where('playlist_id', 'in', playlistIds)
      .orderBy('position')
      .orderBy('resource_id')
      .execute();
  }

  #rows() {
    return this.#db
      .selectFrom('playlist')
      .innerJoin('account', 'account.id', 'playlist.owner_id')
      .innerJoin('organization', 'organization.id', 'playlist.organization_id')
      .selectAll('playlist')
      .select(['account.name as owner_name', 'organization.name as organization_name']);
  }
}

interface PlaylistRow {
  id: string;
  title: string;
  description: string;
  shared: boolean;
  owner_name: string;
  organization_name: string;
  updated_at: Date;
}

const toPlaylist = (row: PlaylistRow, count: number): Playlist => ({
  playlistId: row.id,
  title: row.title,
  description: row.description,
  shared: row.shared,
  ownerName: row.owner_name,
  organizationName: row.organization_name,
  count,
  updatedAt: row.updated_at.getTime(),
});
