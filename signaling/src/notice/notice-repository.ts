import { sql } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import {
  NOTICES_KEPT_DAYS,
  NOTICES_PER_PAGE,
  type Notice,
  type NoticePage,
  type NoticesRead,
} from '#protocol/notice.ts';
import type { Db } from '../database/database.ts';
import { NOW } from './tell.ts';

/** What somebody was told, as they read it. */
export class NoticeRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** The newest first. @param before the last one of the page before; one that is not theirs gives nothing. */
  async page(accountId: Id, before?: Id): Promise<NoticePage> {
    const rows = await this.#db
      .selectFrom('notice')
      .leftJoin('account as author', 'author.id', 'notice.by_account_id')
      .selectAll('notice')
      .select('author.name as by_name')
      .where('notice.account_id', '=', accountId)
      .where('withdrawn_at', 'is', null)
      .$if(before !== undefined, (query) =>
        query.where(sql<boolean>`(notice.at, notice.id) < (
        select at, id from notice where id = ${before} and account_id = ${accountId})`),
      )
      .orderBy('notice.at', 'desc')
      .orderBy('notice.id', 'desc')
      .limit(NOTICES_PER_PAGE + 1)
      .execute();
    const notices = rows.slice(0, NOTICES_PER_PAGE).map(
      (row): Notice => ({
        ...{ noticeId: row.id, at: row.at.getTime(), byName: row.by_name, part: row.part, body: row.body },
        ...{ lessonId: row.lesson_id, pairingId: row.pairing_id },
        readAt: row.read_at?.getTime() ?? null,
      }),
    );
    return { notices, unread: await this.unread(accountId), more: rows.length > notices.length };
  }

  async unread(accountId: Id): Promise<number> {
    const { count } = await this.#db
      .selectFrom('notice')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('account_id', '=', accountId)
      .where('read_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** Of others' ids nothing becomes. */
  async read(accountId: Id, which: NoticesRead): Promise<void> {
    await this.#db
      .updateTable('notice')
      .set({ read_at: NOW, stirred_at: NOW })
      .where('account_id', '=', accountId)
      .where('read_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .$if('noticeIds' in which, (update) =>
        update.where('id', 'in', (which as { noticeIds: Id[] }).noticeIds),
      )
      .$if('upTo' in which, (update) =>
        update.where(
          sql<boolean>`at <= (select at from notice where id = ${(which as { upTo: Id }).upTo} and account_id = ${accountId})`,
        ),
      )
      .execute();
  }
}

/** Takes out what is older than it is kept. @returns how many. */
export async function pruneNotices(db: Db, now = Date.now()): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('notice')
    .where('at', '<', new Date(now - NOTICES_KEPT_DAYS * 86_400_000))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
