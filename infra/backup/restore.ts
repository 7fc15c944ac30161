import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { AnchorFile } from '../../signaling/src/audit/anchors.ts';
import { Audit, PLATFORM } from '../../signaling/src/audit/audit.ts';
import type { Db } from '../../signaling/src/database/database.ts';
import { BackupError, type Manifest, readManifest } from './manifest.ts';
import { asTextAlike, digestOf, migrationsOf, type Table, type Trx, tablesOf } from './tables.ts';

export interface RestoreOptions {
  /** Migrated and without anybody in it. */
  db: Db;
  folder: string;
  dataDir: string;
  media: BlobStore;
  say?: (text: string) => void;
}

const ROWS_AT_ONCE = 500;
/** A row in one of these means that somebody already works with this database. */
const LIVED_IN = ['organization', 'account', 'lesson', 'audit_entry', 'resource'];

/**
 * Puts a backup into an empty database: all of it in one transaction, compared row for row with what was written
 * before it is kept. @throws BackupError; nothing has changed then.
 */
export async function restore({
  db,
  folder,
  dataDir,
  media,
  say = () => {},
}: RestoreOptions): Promise<Manifest> {
  const manifest = await readManifest(folder, say);
  await db.transaction().execute(async (trx) => {
    await mustBeEmpty(trx);
    await asTextAlike(trx);
    const tables = await mustFit(trx, manifest);
    const keys = await liftKeys(trx);
    for (const { name } of tables)
      await sql`alter table ${sql.table(name)} disable trigger user`.execute(trx);
    // A new database has the national lists already; the backup has its own.
    for (const { name } of tables) await sql`delete from ${sql.table(name)}`.execute(trx);
    for (const table of tables) {
      const { rows, file } = manifest.tables.find(({ name }) => name === table.name)!;
      await fill(trx, table, join(folder, file.path));
      if (rows > 0) say(`${String(rows).padStart(9)}  ${table.name}`);
    }
    for (const { name } of tables) await sql`alter table ${sql.table(name)} enable trigger user`.execute(trx);
    for (const statement of keys) await sql.raw(statement).execute(trx);
    for (const table of tables) await mustBeTheSame(trx, table, manifest);
  });
  for (const { path } of manifest.files) await putFile(path, { folder, dataDir, media });
  // What was known of the audit of another database says nothing about this one.
  new AnchorFile(dataDir).putAside();
  const audit = new Audit(db, { folder: dataDir });
  const { madeAt, platform } = manifest;
  await audit.write(PLATFORM, {
    ...{ action: 'database.restored', organizationId: null },
    detail: { backup: basename(folder), madeAt, platform },
  });
  await audit.close();
  return manifest;
}

async function mustBeEmpty(trx: Trx): Promise<void> {
  for (const table of LIVED_IN) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(trx);
    if (rows.length > 0)
      throw new BackupError(
        'the database is not empty: a backup goes into a new one only / 数据库里已经有内容，只能恢复到空的数据库',
      );
  }
}

/** @returns the database's tables, all of which the backup has */
async function mustFit(trx: Trx, manifest: Manifest): Promise<Table[]> {
  const here = await migrationsOf(trx);
  if (here.join() !== manifest.migrations.join())
    throw new BackupError(
      `made by version ${manifest.platform} with other tables: restore it with that version, then upgrade / ` +
        `备份来自另一版本（${manifest.platform}），请先用那个版本恢复，再升级`,
    );
  const tables = await tablesOf(trx);
  const missing = tables.filter(({ name }) => !manifest.tables.some((known) => known.name === name));
  if (missing.length > 0) throw new BackupError(`not in the backup: ${missing.map(({ name }) => name)}`);
  return tables;
}

/** Rows may come in any order: keys between tables are put back when all are there. @returns how */
async function liftKeys(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
    order by conname`.execute(trx);
  for (const { table, name } of rows)
    await sql.raw(`alter table ${table} drop constraint "${name}"`).execute(trx);
  return rows.map(
    ({ table, name, definition }) => `alter table ${table} add constraint "${name}" ${definition}`,
  );
}

async function fill(trx: Trx, { name, columns }: Table, path: string): Promise<void> {
  const names = sql.join(columns.map((column) => sql.ref(column.name)));
  const values = sql.join(columns.map(({ type }, n) => sql.raw(`(line->>${n})::${type}`)));
  let lines: string[] = [];
  const flush = async () => {
    if (lines.length === 0) return;
    await sql`insert into ${sql.table(name)} (${names}) select ${values}
      from json_array_elements(${`[${lines.join(',')}]`}::text::json) line`.execute(trx);
    lines = [];
  };
  for await (const line of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    lines.push(line);
    if (lines.length === ROWS_AT_ONCE) await flush();
  }
  await flush();
}

async function mustBeTheSame(trx: Trx, table: Table, manifest: Manifest): Promise<void> {
  const written = manifest.tables.find(({ name }) => name === table.name)!;
  const { rows, sha256 } = await digestOf(trx, table);
  if (rows !== written.rows || sha256 !== written.file.sha256)
    throw new BackupError(`${table.name}: the rows are not those of the backup / 恢复后的内容与备份不一致`);
}

async function putFile(
  path: string,
  { folder, dataDir, media }: Pick<RestoreOptions, 'folder' | 'dataDir' | 'media'>,
): Promise<void> {
  const [kind, ...rest] = path.split('/');
  if (kind === 'secrets') {
    await mkdir(dataDir, { recursive: true });
    await copyFile(join(folder, path), join(dataDir, rest.join('/')));
    return;
  }
  // The store takes the file it is given; the backup keeps its own.
  const draft = await mkdtemp(join(tmpdir(), 'restore-'));
  await copyFile(join(folder, path), join(draft, 'file'));
  await media.putFile(rest.join('/'), join(draft, 'file'));
  await rm(draft, { recursive: true });
}
