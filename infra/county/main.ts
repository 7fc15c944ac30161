import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '#platform/config.ts';
import { FolderLockedError } from '#platform/database/folder-lock.ts';
import { DatabaseAwayError } from '#platform/database/postgres.ts';
import { Day, instantOf } from '#protocol/calendar.ts';
import { openDatabase } from '../../signaling/src/database/database.ts';
import { makeCounty } from '../../signaling/src/demo/county/county.ts';

/*
 * `npm run county [-- --seed 1] [--small] [--day 2026-11-23] [--force]`: fills the database with a made-up county, in the
 * term of today or of the day. Exit code 0 when it is there, 1 when there is something else already, 2 when it could
 * not be written.
 */

const USAGE = 'usage: npm run county -- [--seed <number>] [--small] [--day <year-month-day>] [--force]';

try {
  process.exitCode = await run();
} catch (error) {
  const known =
    error instanceof ConfigError || error instanceof FolderLockedError || error instanceof DatabaseAwayError;
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`);
  process.exitCode = 2;
}

async function run(): Promise<number> {
  const { seed, small, day, force } = readArguments();
  const { database: place, dataDir, school } = loadConfig();
  const database = await openDatabase(place.url ? { url: place.url } : join(dataDir, 'database'));
  try {
    const there = await database.db.selectFrom('organization').select('name').limit(1).executeTakeFirst();
    if (there && !force)
      return refuse(`the database already holds ${there.name}; --force puts a county beside it`);
    const began = Date.now();
    const { counts, held } = await makeCounty(database.db, {
      ...{ seed, size: small ? 'small' : 'whole', timeZone: school.timeZone },
      today: day ? new Date(instantOf(day, 0, school.timeZone)) : new Date(),
    }).catch((error: { code?: string }) => {
      // A county's ids and codes follow from its seed.
      if (error.code === '23505')
        throw new ConfigError('this county is already there: choose another --seed');
      throw error;
    });
    for (const [table, count] of Object.entries(counts))
      process.stdout.write(`${String(count).padStart(7)}  ${table}\n`);
    process.stdout.write(`${String(held).padStart(7)}  lessons held before today\n`);
    process.stdout.write(`made in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
    return 0;
  } finally {
    await database.close();
  }
}

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}

function readArguments(): { seed: number; small: boolean; day: Day | null; force: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        small: { type: 'boolean', default: false },
        day: { type: 'string' },
        force: { type: 'boolean', default: false },
      },
    });
    const seed = Number(values.seed);
    if (!Number.isInteger(seed) || seed < 1) throw new Error('--seed is a whole number from 1');
    const day = values.day === undefined ? null : values.day;
    if (day !== null && !Day.safeParse(day).success) throw new Error('--day is like 2026-11-23');
    return { seed, small: values.small, day, force: values.force };
  } catch (error) {
    throw new ConfigError(`${(error as Error).message}\n${USAGE}`);
  }
}
