import { setImmediate as breathe } from 'node:timers/promises';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';

type Trx = Transaction<Database>;
export type Columns = Record<string, 'text' | 'int' | 'boolean' | 'timestamptz'>;

/**
 * A statement's worth. PGlite works in this process and lets go of it only between two statements, in which sockets
 * of lessons are served: so they are short, and there is a breath after each.
 */
const AT_ONCE = 1_000;

/** Puts rows in by one statement for thousands of them, however many columns they have. */
export async function insertRows(
  trx: Trx,
  table: keyof Database & string,
  columns: Columns,
  rows: readonly Record<string, unknown>[],
  orElse: RawBuilder<unknown> = sql``,
): Promise<void> {
  for (const part of parts(rows)) {
    await sql`insert into ${sql.table(table)} (${names(columns)})
      select ${names(columns)} from ${recordset(part, columns)} ${orElse}`.execute(trx);
    await breathe();
  }
}

/** The same for rows that say no more than that two belong together: one that is there already stays. */
export const joinRows = (
  trx: Trx,
  table: keyof Database & string,
  columns: Columns,
  rows: readonly Record<string, unknown>[],
): Promise<void> => insertRows(trx, table, columns, rows, sql`on conflict do nothing`);

/** Changes each row of `rows`, by its `id`; one version on. */
export async function updateRows(
  trx: Trx,
  table: keyof Database & string,
  columns: Columns,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const set = sql.join(Object.keys(columns).map((name) => sql`${sql.ref(name)} = ${sql.ref(`r.${name}`)}`));
  for (const part of parts(rows)) {
    await sql`update ${sql.table(table)} t set ${set}, version = t.version + 1
      from ${recordset(part, { id: 'text', ...columns })} where t.id = r.id`.execute(trx);
    await breathe();
  }
}

/** The rows as a table `r` of a statement. */
export const recordset = (rows: readonly object[], columns: Columns): RawBuilder<unknown> =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${sql.join(
    Object.entries(columns).map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`),
  )})`;

export const ids = (all: readonly string[]): RawBuilder<unknown> =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(all)}::jsonb))`;

const names = (columns: Columns) => sql.join(Object.keys(columns).map((name) => sql.ref(name)));

export function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += AT_ONCE) yield rows.slice(from, from + AT_ONCE);
}
