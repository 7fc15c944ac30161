import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { blobPlaceOf, openBlobStore } from '#platform/blob-store/open-blob-store.ts';
import { ConfigError, loadConfig } from '#platform/config.ts';
import { FolderLockedError } from '#platform/database/folder-lock.ts';
import { DatabaseAwayError } from '#platform/database/postgres.ts';
import { AnchorFile } from '../../signaling/src/audit/anchors.ts';
import { Audit, PLATFORM } from '../../signaling/src/audit/audit.ts';
import { openDatabase } from '../../signaling/src/database/database.ts';
import { backUp, mustBeNew } from './backup.ts';
import { BackupError } from './manifest.ts';
import { restore } from './restore.ts';

/*
 * `npm run backup -- <folder> [--with-media]` and `npm run restore -- <folder>`: all rows, on PGlite and on PostgreSQL,
 * and from one to the other. Exit code 0 when it is done, 1 when it was refused, 2 when it could not be tried.
 */

const USAGE = 'usage: npm run backup -- <folder> [--with-media]   |   npm run restore -- <folder>';
const say = (text: string) => process.stderr.write(`${text}\n`);

try {
  await run();
} catch (error) {
  const known = [ConfigError, FolderLockedError, DatabaseAwayError, BackupError].some(
    (kind) => error instanceof kind,
  );
  const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
  if (full)
    say('the disk is full: it was not finished / 磁盘满了，没有做完。请清出空间或换一块磁盘，再做一次');
  else say(known ? (error as Error).message : String((error as Error).stack));
  process.exitCode = error instanceof BackupError ? 1 : 2;
}

async function run(): Promise<void> {
  const { verb, folder, withMedia } = readArguments();
  const config = loadConfig();
  const { database: place, dataDir } = config;
  const embedded = join(dataDir, 'database');
  if (verb === 'backup' && !place.url && !existsSync(embedded))
    throw new ConfigError(`there is no database in ${embedded} / 这里没有数据库`);
  const { db, close } = await openDatabase(place.url ? { url: place.url } : embedded, {
    // A platform that runs on it may be older or newer than this program.
    migrated: verb === 'restore',
  });
  try {
    const media = openBlobStore(blobPlaceOf(config));
    const options = { db, folder, dataDir, say };
    if (verb === 'restore') {
      const { tables } = await restore({ ...options, media });
      say(`restored ${rowsOf(tables)} rows, compared row for row / 已恢复并逐行核对`);
      return;
    }
    // Before the log says that there is a backup.
    mustBeNew(folder);
    const audit = new Audit(db, { folder: dataDir });
    await audit.write(PLATFORM, {
      ...{ action: 'database.backedUp', organizationId: null },
      detail: { folder, withMedia },
    });
    if (audit.newest) new AnchorFile(dataDir).add(audit.newest);
    await audit.close();
    const { tables, files } = await backUp({ ...options, media: withMedia ? media : null });
    say(`${rowsOf(tables)} rows, ${files.length} files in ${folder} / 备份完成`);
  } finally {
    await close();
  }
}

function rowsOf(tables: readonly { rows: number }[]) {
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}

function readArguments(): { verb: 'backup' | 'restore'; folder: string; withMedia: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'with-media': { type: 'boolean', default: false } },
    });
    const [verb, folder, ...more] = positionals;
    if ((verb !== 'backup' && verb !== 'restore') || !folder || more.length > 0) throw new Error();
    return { verb, folder, withMedia: values['with-media'] };
  } catch {
    throw new ConfigError(USAGE);
  }
}
