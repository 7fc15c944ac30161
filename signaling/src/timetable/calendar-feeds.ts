import { derivedId } from '#platform/ids.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { CalendarFeed, NewCalendarFeed } from '#protocol/own-week.ts';
import { hashOf, newToken } from '../account/token.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from '../office/office-access.ts';

/** More is a mistake: a phone, a computer and a tablet need three. */
const MAX_FEEDS = 10;
/** How often it is written down that a calendar was read. */
const READ_NOTE_MS = 3_600_000;

/** Secret addresses of calendars. The table keeps their hash; a page sees an address once, when it is made. */
export class CalendarFeeds {
  readonly #db: Db;
  readonly #office: OfficeAccess;

  constructor(db: Db, office: OfficeAccess) {
    this.#db = db;
    this.#office = office;
  }

  async of(account: Account, accountId: Id): Promise<CalendarFeed[]> {
    await this.#mustKeep(account, accountId);
    const rows = await this.#standing(accountId);
    return rows.map(feedOf);
  }

  async make(account: Account, accountId: Id): Promise<NewCalendarFeed> {
    await this.#mustKeep(account, accountId);
    if ((await this.#standing(accountId)).length >= MAX_FEEDS)
      throw new AppError('FIELDS', 'too many calendar addresses', {
        fields: [{ path: 'accountId', issue: 'range', values: { max: MAX_FEEDS } }],
      });
    const token = newToken();
    const row = { token_hash: hashOf(token), account_id: accountId, created_at: new Date() };
    await this.#db.insertInto('calendar_feed').values(row).execute();
    return { feed: feedOf({ ...row, read_at: null }), path: `/calendar/${token}.ics` };
  }

  /** @throws AppError NOT_FOUND for one that is not there, or that the account may not revoke. */
  async revoke(account: Account, feedId: Id, accountId: Id): Promise<void> {
    await this.#mustKeep(account, accountId);
    const found = (await this.#standing(accountId)).find((row) => feedOf(row).feedId === feedId);
    if (!found) throw new AppError('NOT_FOUND', 'no such calendar address');
    await this.#db
      .updateTable('calendar_feed')
      .set({ revoked_at: new Date() })
      .where('token_hash', '=', found.token_hash)
      .execute();
  }

  /** Whose calendar a secret address opens; null: nobody's, or no longer. */
  async accountIdOf(token: string): Promise<Id | null> {
    const row = await this.#db
      .selectFrom('calendar_feed')
      .innerJoin('account', 'account.id', 'calendar_feed.account_id')
      .select(['calendar_feed.account_id', 'calendar_feed.token_hash', 'calendar_feed.read_at'])
      .where('token_hash', '=', hashOf(token))
      .where('revoked_at', 'is', null)
      .where('account.disabled_at', 'is', null)
      .where('account.archived_at', 'is', null)
      .executeTakeFirst();
    if (!row) return null;
    if (!row.read_at || Date.now() - row.read_at.getTime() > READ_NOTE_MS)
      await this.#db
        .updateTable('calendar_feed')
        .set({ read_at: new Date() })
        .where('token_hash', '=', row.token_hash)
        .execute();
    return row.account_id;
  }

  #standing(accountId: Id) {
    return this.#db
      .selectFrom('calendar_feed')
      .select(['token_hash', 'account_id', 'created_at', 'read_at'])
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .orderBy('created_at')
      .execute();
  }

  /** Everybody keeps their own; a room's keeps who edits the timetable of its school. */
  async #mustKeep(account: Account, accountId: Id): Promise<void> {
    if (account.accountId === accountId) return;
    const room = await this.#db
      .selectFrom('classroom')
      .select('organization_id')
      .where('id', '=', accountId)
      .executeTakeFirst();
    await this.#office.mustMay(account, 'timetable.edit', room?.organization_id ?? null);
  }
}

const feedOf = (row: {
  token_hash: string;
  account_id: Id;
  created_at: Date;
  read_at: Date | null;
}): CalendarFeed => ({
  feedId: derivedId('calendar feed', row.token_hash),
  accountId: row.account_id,
  createdAt: row.created_at.getTime(),
  readAt: row.read_at?.getTime() ?? null,
});
