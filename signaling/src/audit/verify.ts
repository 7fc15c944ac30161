import { setImmediate as breathe } from 'node:timers/promises';
import type { AuditChain, AuditProblem } from '#protocol/audit.ts';
import type { Db } from '../database/database.ts';
import { BEGINNING, type ChainRow, FIELDS, hashOfRow, type Link } from './chain.ts';

const PAGE = 1_000;
const MOST_PROBLEMS = 20;

/** What the newest removal of old months says: all rows up to this one are gone rightly. */
interface Checkpoint {
  throughSeq: number;
  throughHash: string;
}

/**
 * Reads the whole log and compares it with its own hashes and with those that were kept outside (`anchors`). Finds
 * every changed, removed, inserted or moved row, and a tail that was cut off since the newest anchor. What it cannot
 * find: rows that were written anew from some row on to the end, all hashes included, by somebody who also changed the
 * anchors; nor what happened after the newest anchor.
 */
export async function verifyChain(db: Db, anchors: readonly Link[]): Promise<AuditChain> {
  const checkedAt = Date.now();
  const problems: AuditProblem[] = [];
  const kept = new Map(anchors.map(({ seq, hash }) => [seq, hash]));
  let last: Link = BEGINNING;
  let begins: Link | null = null;
  let checkpoint: Checkpoint | null = null;
  let rows = 0;
  for (;;) {
    const page = await pageAfter(db, last.seq);
    for (const row of page) {
      begins ??= { seq: row.seq - 1, hash: row.previous_hash };
      if (rows > 0) {
        if (row.seq !== last.seq + 1) problems.push({ kind: 'missing', from: last.seq + 1, to: row.seq - 1 });
        else if (row.previous_hash !== last.hash) problems.push({ kind: 'misplaced', seq: row.seq });
      }
      if (hashOfRow(row) !== row.hash) problems.push({ kind: 'changed', seq: row.seq });
      else if ((kept.get(row.seq) ?? row.hash) !== row.hash)
        problems.push({ kind: 'exchanged', seq: row.seq });
      if (row.action === 'audit.pruned') checkpoint = row.detail as unknown as Checkpoint;
      last = { seq: row.seq, hash: row.hash };
      rows += 1;
    }
    if (page.length < PAGE) break;
    await breathe();
  }
  const gone = goneBefore(begins ?? BEGINNING, checkpoint);
  if (gone) problems.unshift(gone);
  const farthest = Math.max(0, ...kept.keys());
  if (farthest > last.seq) problems.push({ kind: 'cutOff', from: last.seq + 1, to: farthest });
  return {
    ...{ whole: problems.length === 0, rows, checkedAt },
    newest: last.seq === 0 ? null : last,
    problems: problems.slice(0, MOST_PROBLEMS),
  };
}

/** Rows before the first one that nobody says were removed rightly. */
function goneBefore(begins: Link, checkpoint: Checkpoint | null): AuditProblem | null {
  if (begins.seq === 0 && begins.hash === '') return null;
  if (checkpoint?.throughSeq === begins.seq && checkpoint.throughHash === begins.hash) return null;
  return { kind: 'missing', from: 1, to: begins.seq };
}

async function pageAfter(db: Db, seq: number): Promise<(ChainRow & { hash: string })[]> {
  return (await db
    .selectFrom('audit_entry')
    .select([...FIELDS, 'hash'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(PAGE)
    .execute()) as (ChainRow & { hash: string })[];
}
