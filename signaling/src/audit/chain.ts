import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { AuditAction, AuditResult } from '#protocol/audit.ts';
import type { Role } from '#protocol/domain.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';

/** A row before it has its place in the chain. */
export interface Draft {
  id: string;
  at: Date;
  account_id: string | null;
  account_name: string;
  role: Role | null;
  organization_id: string | null;
  action: AuditAction;
  object_kind: string | null;
  object_id: string | null;
  result: AuditResult;
  address: string;
  detail: Record<string, unknown>;
}

export interface ChainRow extends Omit<Draft, 'role' | 'action'> {
  role: string | null;
  action: string;
  seq: number;
  previous_hash: string;
}

/** A place of the chain. */
export interface Link {
  seq: number;
  hash: string;
}

/** Before the first row. */
export const BEGINNING: Link = { seq: 0, hash: '' };

/** Of all programs on this database one at a time adds to the chain. */
const LOCK = 7301;

/** All of a row, in the order in which its hash reads it. */
export const FIELDS = [
  'seq',
  'id',
  'at',
  'account_id',
  'account_name',
  'role',
  'organization_id',
  'action',
  'object_kind',
  'object_id',
  'result',
  'address',
  'detail',
  'previous_hash',
] as const satisfies readonly (keyof ChainRow)[];

/**
 * Made of what a database gives back, not of what was sent: jsonb keeps no order of keys, and a Date no microseconds.
 * So the same comes out of a row as it is written and as it is read, on PGlite and on PostgreSQL.
 */
export function hashOfRow(row: ChainRow): string {
  return createHash('sha256')
    .update(JSON.stringify(FIELDS.map((field) => ordered(row[field]))))
    .digest('base64url');
}

function ordered(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  // As pairs: an object would put keys that look like numbers first, whatever their order was.
  return Object.entries(value)
    .map(([key, inner]) => [key, ordered(inner)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What both databases can keep of it: they refuse NUL and half a surrogate pair, and a bad name must not stop the audit. */
export function draftOf(row: Omit<Draft, 'id' | 'at'>): Draft {
  return { id: newId(), at: new Date(), ...(storable(row) as Omit<Draft, 'id' | 'at'>) };
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD').toWellFormed();
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (Array.isArray(value)) return value.map(storable);
  if ('toJSON' in value) return storable((value as { toJSON(): unknown }).toJSON());
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [storable(key), storable(inner)]),
  );
}

/** The newest row's place. */
export async function newestLink(db: Db | Transaction<Database>): Promise<Link> {
  const last = await db
    .selectFrom('audit_entry')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? BEGINNING;
}

/**
 * Adds rows to the end of the chain, leaving out those that are there already (a commit whose answer was lost). Others
 * wait until `trx` has ended: it should be the last thing that it does. @returns the newest row's place
 */
export async function append(trx: Transaction<Database>, drafts: readonly Draft[]): Promise<Link> {
  await sql`select pg_advisory_xact_lock(${LOCK}::bigint)`.execute(trx);
  let last = await newestLink(trx);
  const known = await trx
    .selectFrom('audit_entry')
    .select('id')
    .where(
      'id',
      'in',
      drafts.map(({ id }) => id),
    )
    .execute();
  const rows = drafts
    .filter(({ id }) => !known.some((row) => row.id === id))
    .map((draft) => {
      const row = { ...draft, seq: last.seq + 1, previous_hash: last.hash };
      const hash = hashOfRow(row);
      last = { seq: row.seq, hash };
      return { ...row, detail: JSON.stringify(row.detail), hash };
    });
  if (rows.length > 0) await trx.insertInto('audit_entry').values(rows).execute();
  return last;
}
