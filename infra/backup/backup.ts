import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { VERSION } from '#platform/version.ts';
import type { Db } from '../../signaling/src/database/database.ts';
import { allFiles } from '../../signaling/src/review/traces.ts';
import { BackupError, type BackupFile, hashOfFile, type Manifest, writeManifest } from './manifest.ts';
import { asTextAlike, linesOf, migrationsOf, type Table, type Trx, tablesOf } from './tables.ts';

export interface BackupOptions {
  db: Db;
  /** Must not be there yet, or be empty. */
  folder: string;
  /** Where the keys lie that rows and addresses are sealed with. */
  dataDir: string;
  /** Recordings, courseware and everything else in the store; null: rows only. */
  media: BlobStore | null;
  say?: (text: string) => void;
}

/** Without these, second factors and signed addresses of the restored rows are worth nothing. */
export const SECRETS = ['sign-in-secret', 'media-secret'];

/** @throws BackupError when there is something in the folder already */
export function mustBeNew(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new BackupError(`${folder} is not empty / 文件夹不是空的`);
}

/**
 * Writes all rows as they are at one moment, and what belongs to them. The platform may go on meanwhile (on a server);
 * media that comes after that moment may be in it without a row.
 */
export async function backUp({
  db,
  folder,
  dataDir,
  media,
  say = () => {},
}: BackupOptions): Promise<Manifest> {
  mustBeNew(folder);
  await mkdir(join(folder, 'database'), { recursive: true, mode: 0o700 });
  const { tables, migrations } = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      await asTextAlike(trx);
      const written: Manifest['tables'] = [];
      for (const table of await tablesOf(trx)) {
        const done = await writeTable(trx, table, folder);
        written.push(done);
        if (done.rows > 0) say(`${String(done.rows).padStart(9)}  ${table.name}`);
      }
      return { tables: written, migrations: await migrationsOf(trx) };
    });
  const manifest: Manifest = {
    ...{ backup: 'three-classrooms', version: 1, madeAt: new Date().toISOString(), platform: VERSION },
    ...{ migrations, tables },
    files: [...(await copySecrets(dataDir, folder)), ...(media ? await copyMedia(media, folder, say) : [])],
  };
  await writeManifest(folder, manifest);
  return manifest;
}

async function writeTable(trx: Trx, table: Table, folder: string): Promise<Manifest['tables'][number]> {
  const path = `database/${table.name}.jsonl`;
  const file = await open(join(folder, path), 'w', 0o600);
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  try {
    for await (const lines of linesOf(trx, table)) {
      const text = Buffer.from(lines.join(''));
      await file.write(text);
      hash.update(text);
      bytes += text.length;
      rows += lines.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { name: table.name, rows, file: { path, bytes, sha256: hash.digest('hex') } };
}

async function copySecrets(dataDir: string, folder: string): Promise<BackupFile[]> {
  const files: BackupFile[] = [];
  for (const name of SECRETS.filter((secret) => existsSync(join(dataDir, secret)))) {
    await mkdir(join(folder, 'secrets'), { recursive: true, mode: 0o700 });
    await copyFile(join(dataDir, name), join(folder, 'secrets', name));
    files.push(await described(folder, `secrets/${name}`));
  }
  return files;
}

async function copyMedia(
  media: BlobStore,
  folder: string,
  say: (text: string) => void,
): Promise<BackupFile[]> {
  const keys = (await allFiles(media)).sort();
  const files: BackupFile[] = [];
  for (const [n, key] of keys.entries()) {
    const path = join(folder, 'media', key);
    await mkdir(dirname(path), { recursive: true });
    await pipeline(await media.open(key), createWriteStream(path, { flush: true }));
    files.push(await described(folder, `media/${key}`));
    if (n % 500 === 499) say(`${n + 1} / ${keys.length} files of media / 媒体文件`);
  }
  return files;
}

async function described(folder: string, path: string): Promise<BackupFile> {
  const { size } = await stat(join(folder, path));
  return { path, bytes: size, sha256: await hashOfFile(join(folder, path)) };
}
