import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDatabaseTemplate } from '#platform/testing/database-template.ts';
import { TestPostgres, type TestPostgresOptions } from '#platform/testing/postgres.ts';
import { openDatabase } from '../src/database/database.ts';

/** The database of a {@link startMigratedPostgres} server from which others are copied. */
export const MIGRATED = 'migrated';

/**
 * Puts an empty database of the newest migration into `folder`, copied from one made once on this machine.
 *
 * @param buffers PostgreSQL's `shared_buffers`. A test's few rows need little, and to clear PGlite's usual 128 MB is
 *   most of the work of opening it.
 */
export async function copyMigratedTemplate(folder: string, buffers = '16MB'): Promise<void> {
  await copyDatabaseTemplate(folder, {
    key: migrationsKey(),
    async fill(draft) {
      await (await openDatabase(draft)).close();
    },
  });
  await appendFile(join(folder, 'pg/postgresql.conf'), `\nshared_buffers = ${buffers}\n`);
}

/** A PostgreSQL server of the test's own, or the run's (`shared-postgres.ts`), with a database {@link MIGRATED}, which `create(MIGRATED)` copies. */
export async function startMigratedPostgres(options: TestPostgresOptions = {}): Promise<TestPostgres> {
  const shared = process.env.TC_TEST_POSTGRES_PORT;
  // Whoever kills it needs one of their own.
  if (shared && !options.durable) return TestPostgres.at(Number(shared));
  return await TestPostgres.start({
    ...options,
    prepared: {
      key: migrationsKey(),
      async fill(server) {
        await (await openDatabase({ url: await server.create(undefined, MIGRATED) })).close();
      },
    },
  });
}

/** Changes with every change of a migration, so that no test runs on the tables of yesterday. */
function migrationsKey(): string {
  const folder = new URL('../src/database/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^migrations?\b.*\.ts$/.test(name))
    .sort();
  const hash = createHash('sha256');
  for (const name of files) hash.update(name).update(readFileSync(new URL(name, folder)));
  return hash.digest('hex').slice(0, 16);
}
