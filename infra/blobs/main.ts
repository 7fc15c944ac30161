import { join } from 'node:path';
import { FolderBlobStore } from '#platform/blob-store/folder-blob-store.ts';
import { blobPlaceOf, openBlobStore } from '#platform/blob-store/open-blob-store.ts';
import { ConfigError, loadConfig } from '#platform/config.ts';
import { FolderLockedError } from '#platform/database/folder-lock.ts';
import { DatabaseAwayError } from '#platform/database/postgres.ts';
import { type OpenDatabase, openDatabase } from '../../signaling/src/database/database.ts';
import { findOrphans } from './orphans.ts';
import { scrub } from './scrub.ts';
import { orphanText, scrubText } from './text.ts';

/*
 * `npm run blobs -- scrub|orphans [--json] [--dry-run]`: what the store holds against what it should. Exit code 0 when
 * all is well (or was put right), 1 when something is wrong, 2 when it could not look.
 */

const [verb, ...flags] = process.argv.slice(2);
const json = flags.includes('--json');
const act = !flags.includes('--dry-run');
const say = (text: string) => process.stdout.write(`${text}\n`);

try {
  if (
    (verb !== 'scrub' && verb !== 'orphans') ||
    flags.some((flag) => !['--json', '--dry-run'].includes(flag))
  )
    throw new ConfigError('usage: npm run blobs -- scrub|orphans [--json] [--dry-run]');
  process.exitCode = await (verb === 'scrub' ? runScrub() : runOrphans());
} catch (error) {
  const known =
    error instanceof ConfigError || error instanceof FolderLockedError || error instanceof DatabaseAwayError;
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`);
  process.exitCode = 2;
}

async function runScrub(): Promise<number> {
  const config = loadConfig();
  const { secondFolder, ...place } = blobPlaceOf(config);
  const database = await open().catch((error: unknown) => {
    // The platform runs on it: recordings are looked at all the same, their hashes are in their indexes.
    if (error instanceof FolderLockedError) return null;
    throw error;
  });
  try {
    const report = await scrub({
      blobs: openBlobStore(place),
      second: secondFolder ? new FolderBlobStore(secondFolder) : null,
      db: database?.db ?? null,
      repair: act,
    });
    say(json ? JSON.stringify(report) : scrubText(report));
    return report.damaged.every(({ repaired }) => repaired) ? 0 : 1;
  } finally {
    await database?.close();
  }
}

async function runOrphans(): Promise<number> {
  const database = await open();
  try {
    const report = await findOrphans(openBlobStore(blobPlaceOf(loadConfig())), database.db, act);
    say(json ? JSON.stringify(report) : orphanText(report));
    const { homeless, unknownBlobs, emptyRecordings, missingBlobs } = report;
    return [homeless, unknownBlobs, emptyRecordings, missingBlobs].every(({ length }) => length === 0)
      ? 0
      : 1;
  } finally {
    await database.close();
  }
}

async function open(): Promise<OpenDatabase> {
  const { database, dataDir } = loadConfig();
  return await openDatabase(database.url ? { url: database.url } : join(dataDir, 'database'));
}
