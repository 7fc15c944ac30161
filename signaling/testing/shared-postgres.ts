import type { TestPostgres } from '#platform/testing/postgres.ts';
import { startMigratedPostgres } from './migrated-template.ts';

/** Where the test files of one jest run find the server that they share. */
export const SHARED_POSTGRES = 'TC_TEST_POSTGRES_PORT';

let server: TestPostgres | undefined;

/** jest's `globalSetup`: one PostgreSQL server for the whole run, a database of its own for each test. */
export default async function startShared(): Promise<void> {
  server = await startMigratedPostgres();
  process.env[SHARED_POSTGRES] = String(server.port);
}

export async function stopShared(): Promise<void> {
  delete process.env[SHARED_POSTGRES];
  await server?.close();
}
