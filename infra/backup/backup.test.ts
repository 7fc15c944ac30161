import { appendFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { FolderBlobStore } from '#platform/blob-store/folder-blob-store.ts';
import type { TestPostgres } from '#platform/testing/postgres.ts';
import { Audit, PLATFORM } from '../../signaling/src/audit/audit.ts';
import { verifyChain } from '../../signaling/src/audit/verify.ts';
import { type Db, openDatabase } from '../../signaling/src/database/database.ts';
import { makeCounty } from '../../signaling/src/demo/county/county.ts';
import {
  copyMigratedTemplate,
  MIGRATED,
  startMigratedPostgres,
} from '../../signaling/testing/migrated-template.ts';
import { backUp } from './backup.ts';
import { type Manifest, readManifest, writeManifest } from './manifest.ts';
import { restore } from './restore.ts';
import { asTextAlike, digestOf, tablesOf } from './tables.ts';

let folder: string;
let server: TestPostgres;
let embedded: Db;
const opened: (() => Promise<void>)[] = [];

/** A new database of either kind, migrated. */
async function fresh(kind: 'PGlite' | 'PostgreSQL'): Promise<Db> {
  const place = join(folder, `db-${opened.length}`);
  if (kind === 'PGlite') await copyMigratedTemplate(place);
  const { db, close } = await openDatabase(
    kind === 'PGlite' ? place : { url: await server.create(MIGRATED), connections: 2 },
  );
  opened.push(close);
  return db;
}

const digests = (db: Db) =>
  db.transaction().execute(async (trx) => {
    await asTextAlike(trx);
    const all: Record<string, { rows: number; sha256: string }> = {};
    for (const table of await tablesOf(trx)) all[table.name] = await digestOf(trx, table);
    return all;
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-'));
  server = await startMigratedPostgres();
  embedded = await fresh('PGlite');
  await makeCounty(embedded, { seed: 5, size: 'small', timeZone: 'Asia/Shanghai' });
  const audit = new Audit(embedded);
  for (let n = 0; n < 5; n += 1)
    await audit.write(PLATFORM, {
      action: 'lesson.moved',
      organizationId: null,
      detail: { n, b: 1, a: '"\\\n\u202E' },
    });
  await sql`insert into setting (key, value, version, changed_by, changed_at)
    values ('null-in-json', 'null'::jsonb, 1, null, '2026-11-22 01:02:03.456789+08')`.execute(embedded);
}, 60_000);

afterAll(async () => {
  for (const close of opened) await close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

test('a county goes from PGlite to PostgreSQL and back, row for row, with its media and keys', async () => {
  const store = new FolderBlobStore(join(folder, 'blobs'));
  await store.put('recordings/a/b.m4s', Buffer.from([0, 1, 2, 255]));
  const dataDir = join(folder, 'data');
  await writeFile(await put(dataDir, 'sign-in-secret'), 'sealed');
  const there = join(folder, 'there');
  const manifest = await backUp({ db: embedded, folder: there, dataDir, media: store });
  expect(manifest.tables.find(({ name }) => name === 'lesson')!.rows).toBeGreaterThan(20);

  const onServer = await fresh('PostgreSQL');
  const blobs = new FolderBlobStore(join(folder, 'blobs-2'));
  const dataDir2 = join(folder, 'data-2');
  await restore({ db: onServer, folder: there, dataDir: dataDir2, media: blobs });
  expect([...(await blobs.get('recordings/a/b.m4s'))]).toEqual([0, 1, 2, 255]);
  expect(await readFile(join(dataDir2, 'sign-in-secret'), 'utf8')).toBe('sealed');
  const same = ({ audit_entry: _, ...all }: Awaited<ReturnType<typeof digests>>) => all;
  expect(same(await digests(onServer))).toEqual(same(await digests(embedded)));
  // The restore itself is one more line of the same chain.
  expect(await verifyChain(onServer, [])).toMatchObject({ whole: true, rows: 6 });

  const back = join(folder, 'back');
  await backUp({ db: onServer, folder: back, dataDir: dataDir2, media: null });
  const again = await fresh('PGlite');
  await restore({ db: again, folder: back, dataDir: join(folder, 'data-3'), media: blobs });
  expect(same(await digests(again))).toEqual(same(await digests(embedded)));
  expect(await verifyChain(again, [])).toMatchObject({ whole: true, rows: 7 });
  // Keys and bars stand again.
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_constraint where contype = 'f'`.execute(again);
  const before = await sql<{ n: number }>`
    select count(*)::int as n from pg_constraint where contype = 'f'`.execute(embedded);
  expect(rows[0]!.n).toBe(before.rows[0]!.n);
  await expect(sql`delete from audit_entry`.execute(again)).rejects.toThrow('never changed');

  const refused = { db: again, folder: there, dataDir, media: blobs };
  await expect(restore(refused)).rejects.toThrow('not empty');
  await expect(backUp({ db: embedded, folder: there, dataDir, media: null })).rejects.toThrow('not empty');
}, 60_000);

test('a backup that is cut short, changed or unfinished is refused, and nothing is written', async () => {
  const dataDir = join(folder, 'data-4');
  const media = new FolderBlobStore(join(folder, 'blobs-4'));
  const db = await fresh('PGlite');
  const spoil = async (name: string, how: (path: string) => Promise<void>, message: string) => {
    const copy = join(folder, name);
    await backUp({ db: embedded, folder: copy, dataDir, media: null });
    await how(copy);
    await expect(restore({ db, folder: copy, dataDir, media })).rejects.toThrow(message);
  };
  const lessons = (copy: string) => join(copy, 'database/lesson.jsonl');
  await spoil('cut', (copy) => truncate(lessons(copy), 500), 'bytes instead of');
  await spoil('longer', (copy) => appendFile(lessons(copy), '[]\n'), 'bytes instead of');
  const flip = async (copy: string) => {
    const text = await readFile(lessons(copy));
    text[40] = text[40]! ^ 1;
    await writeFile(lessons(copy), text);
  };
  await spoil('changed', flip, 'was changed');
  await spoil('gone', (copy) => rm(lessons(copy)), 'is missing');
  await spoil('unfinished', (copy) => rm(join(copy, 'manifest.sha256')), 'no finished backup');
  const leadOut = async (copy: string) => {
    const manifest = await readManifest(copy);
    const [{ file }] = manifest.tables as [Manifest['tables'][number]];
    await writeManifest(copy, { ...manifest, files: [{ ...file, path: 'secrets/../database/../../evil' }] });
  };
  await spoil('leading out', leadOut, 'says what no backup says');
  await spoil('manifest', (copy) => appendFile(join(copy, 'manifest.json'), ' '), 'was changed');
  expect(await db.selectFrom('organization').select('id').execute()).toEqual([]);
}, 60_000);

async function put(dir: string, name: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  return join(dir, name);
}
