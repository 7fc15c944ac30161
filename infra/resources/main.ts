import { join } from 'node:path';
import { blobPlaceOf, openBlobStore } from '#platform/blob-store/open-blob-store.ts';
import { ConfigError, loadConfig } from '#platform/config.ts';
import { FolderLockedError } from '#platform/database/folder-lock.ts';
import { DatabaseAwayError } from '#platform/database/postgres.ts';
import { Id } from '#protocol/ids.ts';
import { DeletionProof } from '#protocol/retention.ts';
import { openDatabase } from '../../signaling/src/database/database.ts';
import { proveDeleted } from '../../signaling/src/review/deletion-proof.ts';
import { proofText } from './text.ts';

/*
 * `npm run resources -- prove-deleted <id> [--json]`: looks for a deleted resource in every table and every file. Exit
 * code 0 when nothing is left, 1 when something is, 2 when it could not look. While the platform runs on the embedded
 * database, which nobody else may open, it is asked instead, with an administrator's session in TC_SESSION.
 */

const [verb, resourceId, ...flags] = process.argv.slice(2);
try {
  if (verb !== 'prove-deleted' || !Id.safeParse(resourceId).success)
    throw new ConfigError('usage: npm run resources -- prove-deleted <resource id> [--json]');
  const proof = await prove(resourceId!);
  process.stdout.write(flags.includes('--json') ? `${JSON.stringify(proof)}\n` : proofText(proof));
  process.exitCode = proof.clean ? 0 : 1;
} catch (error) {
  const known = error instanceof ConfigError || error instanceof DatabaseAwayError;
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`);
  process.exitCode = 2;
}

async function prove(id: string): Promise<DeletionProof> {
  const config = loadConfig();
  const { database: place, dataDir } = config;
  try {
    const database = await openDatabase(place.url ? { url: place.url } : join(dataDir, 'database'));
    try {
      return await proveDeleted(database.db, openBlobStore(blobPlaceOf(config)), id);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof FolderLockedError)) throw error;
    return await askPlatform(`http://127.0.0.1:${config.http.port}/api/resources/${id}/proof`);
  }
}

async function askPlatform(address: string): Promise<DeletionProof> {
  const token = process.env.TC_SESSION;
  if (!token)
    throw new ConfigError(
      'the platform runs: stop it, or put an administrator’s session (cookie tc_session) into TC_SESSION',
    );
  const response = await fetch(address, { headers: { cookie: `tc_session=${token}` } });
  if (!response.ok)
    throw new ConfigError(`the platform answers ${response.status}: ${await response.text()}`);
  return DeletionProof.parse(await response.json());
}
