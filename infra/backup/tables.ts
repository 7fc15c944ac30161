import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { Db } from '../../signaling/src/database/database.ts';
import type { Database } from '../../signaling/src/database/schema.ts';

export interface Table {
  name: string;
  columns: { name: string; type: string }[];
  /** By which its rows are put in order; all columns where it has no key. */
  key: string[];
}

export type Trx = Transaction<Database>;

/** Every table of ours, read from the database itself: one that is added later is in the next backup. */
export async function tablesOf(db: Db | Trx): Promise<Table[]> {
  const { rows } = await sql<{ table: string; column: string; type: string; key: number | null }>`
    select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
      array_position(i.indkey::int2[], a.attnum) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relkind = 'r' and c.relname not like 'kysely\\_%'
    order by c.relname collate "C", a.attnum`.execute(db);
  const tables = new Map<string, Table & { keyed: [number, string][] }>();
  for (const { table, column, type, key } of rows) {
    const known = tables.get(table) ?? { name: table, columns: [], key: [], keyed: [] };
    known.columns.push({ name: column, type });
    if (key !== null) known.keyed.push([Number(key), column]);
    tables.set(table, known);
  }
  return [...tables.values()].map(({ name, columns, keyed }) => ({
    ...{ name, columns },
    key:
      keyed.length > 0
        ? keyed.sort(([a], [b]) => a - b).map(([, column]) => column)
        : columns.map((c) => c.name),
  }));
}

export async function migrationsOf(db: Db | Trx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** All values as text look alike on every PostgreSQL whatever its settings. */
export async function asTextAlike(trx: Trx): Promise<void> {
  for (const setting of [
    "timezone = 'UTC'",
    "datestyle = 'ISO'",
    'extra_float_digits = 1',
    "bytea_output = 'hex'",
  ])
    await sql.raw(`set local ${setting}`).execute(trx);
}

const PAGE = 1_000;

/** A table's rows as lines, in the order of its key: each an array of all values as text. */
export async function* linesOf(trx: Trx, { name, columns, key }: Table): AsyncGenerator<string[]> {
  const values = sql.join(columns.map((column) => sql`${sql.ref(column.name)}::text`));
  // As text and in the order of bytes: the same on every database, whatever its language.
  const order = sql.join(key.map((column) => sql`${sql.ref(column)}::text collate "C"`));
  await sql`declare dump no scroll cursor for
    select json_build_array(${values})::text as line from ${sql.table(name)} order by ${order}`.execute(trx);
  for (;;) {
    const { rows } = await sql<{ line: string }>`${sql.raw(`fetch ${PAGE} from dump`)}`.execute(trx);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => `${line}\n`);
  }
  await sql`close dump`.execute(trx);
}

/** How many rows a table has, and a hash over all of them in order. */
export async function digestOf(trx: Trx, table: Table): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const lines of linesOf(trx, table)) {
    for (const line of lines) hash.update(line);
    rows += lines.length;
  }
  return { rows, sha256: hash.digest('hex') };
}
