import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { append, draftOf, type Link } from './chain.ts';

/**
 * Removes whole calendar months (UTC) that are older than `keepMonths`, and says so in the log: that line carries the
 * last removed row's number and hash, so that the chain goes on from there. In one transaction.
 * @returns the newest row's place and how many were removed; null when there was nothing to remove
 */
export async function pruneAudit(
  db: Db,
  keepMonths: number,
  now = new Date(),
): Promise<{ newest: Link; removed: number } | null> {
  const before = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - keepMonths, 1));
  const young = await db
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.min('seq').as('seq'))
    .where('at', '>=', before)
    .executeTakeFirst();
  const last = await db
    .selectFrom('audit_entry')
    .select(['seq', 'hash', 'at'])
    // A stretch from the beginning: a late line with an old time stays in the midst of younger ones.
    .$if(typeof young?.seq === 'number', (query) => query.where('seq', '<', young!.seq as number))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) return null;
  const draft = draftOf({
    ...{ account_id: null, account_name: '', role: null, organization_id: null, action: 'audit.pruned' },
    ...{ object_kind: null, object_id: null, result: 'ok', address: '' },
    detail: { throughSeq: last.seq, throughHash: last.hash, before: before.toISOString(), keepMonths },
  });
  return await db.transaction().execute(async (trx) => {
    const newest = await append(trx, [draft]);
    await sql`set local three_classrooms.audit_pruning = 'on'`.execute(trx);
    const { numDeletedRows } = await trx
      .deleteFrom('audit_entry')
      .where('seq', '<=', last.seq)
      .executeTakeFirst();
    return { newest, removed: Number(numDeletedRows) };
  });
}
