import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type OpenDatabase, openDatabase } from '../src/database/database.ts';
import { copyMigratedTemplate, MIGRATED, startMigratedPostgres } from './migrated-template.ts';

/** Opens one more database of the test's own, empty but migrated; closed and removed after the tests. */
export type OpenTestDatabase = () => Promise<OpenDatabase>;

interface Server {
  open: OpenTestDatabase;
  close(): Promise<void>;
}

/**
 * A contract of repositories: `describe` runs its tests once on PGlite and once on a real PostgreSQL server.
 *
 *     onBothDatabases('LessonRepository', (open) => {
 *       let db: Db;
 *       beforeAll(async () => { db = (await open()).db; });
 *       test(…);
 *     });
 */
export function onBothDatabases(name: string, contract: (open: OpenTestDatabase) => void): void {
  describe.each([
    ['PGlite', embedded],
    ['PostgreSQL', postgres],
  ])(`${name} on %s`, (_, start) => {
    const opened: OpenDatabase[] = [];
    let server: Server;
    beforeAll(async () => {
      server = await start();
    });
    afterAll(async () => {
      for (const { close } of opened) await close();
      await server?.close();
    });
    contract(async () => {
      const database = await server.open();
      opened.push(database);
      return database;
    });
  });
}

async function embedded(): Promise<Server> {
  const folders: string[] = [];
  return {
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'tc-pglite-'));
      folders.push(folder);
      await copyMigratedTemplate(folder);
      return await openDatabase(folder);
    },
    async close() {
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function postgres(): Promise<Server> {
  const server = await startMigratedPostgres();
  return {
    open: async () => openDatabase({ url: await server.create(MIGRATED), connections: 4 }),
    close: () => server.close(),
  };
}
