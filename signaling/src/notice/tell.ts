import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { Id } from '#protocol/ids.ts';
import type { NoticeBody, NoticePart } from '#protocol/notice.ts';
import type { Db } from '../database/database.ts';

/** One notice for one account. */
export interface Told {
  accountId: Id;
  part: NoticePart;
  /** What it is about: an unread notice of the same matter gives way to it. */
  matter: string;
  by: Id | null;
  lessonId?: Id | null;
  pairingId?: Id | null;
  body: NoticeBody;
}

/** Rows in one statement: each has nine values, and PostgreSQL takes 65,535. */
const ROWS_AT_ONCE = 1_000;
/** By the database's clock, which all processes have in common; within a transaction it goes on. */
export const NOW = sql<Date>`clock_timestamp()`;

/**
 * Writes notices. @param trx the transaction of the change that they tell of. @param body how an unread notice of the
 * matter and the new one (`excluded`) become one; as it is, the new one stands.
 */
export async function tell(trx: Db, all: readonly Told[], body = sql`excluded.body`): Promise<void> {
  for (let from = 0; from < all.length; from += ROWS_AT_ONCE)
    await trx
      .insertInto('notice')
      .values(
        all.slice(from, from + ROWS_AT_ONCE).map((told) => ({
          ...{ id: newId(), account_id: told.accountId, part: told.part, matter: told.matter },
          ...{ by_account_id: told.by, lesson_id: told.lessonId ?? null, pairing_id: told.pairingId ?? null },
          body: JSON.stringify(told.body),
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'matter'])
          .where('read_at', 'is', null)
          .where('withdrawn_at', 'is', null)
          .doUpdateSet(({ ref }) => ({
            ...{ part: ref('excluded.part'), by_account_id: ref('excluded.by_account_id') },
            ...{ lesson_id: ref('excluded.lesson_id'), pairing_id: ref('excluded.pairing_id') },
            body: body as never,
            ...{ at: NOW, stirred_at: NOW },
          })),
      )
      .execute();
}

/** Takes back what nobody has read yet: it is true no more. */
export async function withdraw(trx: Db, matter: string, accountIds: readonly Id[]): Promise<void> {
  await ended(trx, 'withdrawn_at', matter, accountIds);
}

/** Who does something has seen what was told of it before. */
export async function hasSeen(trx: Db, matter: string, accountId: Id | null): Promise<void> {
  if (accountId !== null) await ended(trx, 'read_at', matter, [accountId]);
}

async function ended(
  trx: Db,
  how: 'withdrawn_at' | 'read_at',
  matter: string,
  accountIds: readonly Id[],
): Promise<void> {
  if (accountIds.length === 0) return;
  await trx
    .updateTable('notice')
    .set({ [how]: NOW, stirred_at: NOW })
    .where('matter', '=', matter)
    .where('account_id', 'in', [...accountIds])
    .where('read_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
}
