import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import { fromPglite, type Db as QueueDb } from 'pg-boss';
import { openEmbeddedDatabase } from '#platform/database/pglite.ts';
import { openPostgres } from '#platform/database/postgres.ts';
import { migrate } from './migrations.ts';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;

export interface OpenDatabase {
  db: Db;
  /** How the queue of long work reaches the same database (pg-boss's options). */
  queue: QueuePlace;
  close(): Promise<void>;
}

/** On a server the queue has few connections of its own; PGlite has one, which all share. */
export type QueuePlace =
  | { backend: 'postgres'; connectionString: string; max: number }
  | { backend: 'pglite'; db: QueueDb };

/** A PostgreSQL server, which several processes may share. */
export interface DatabaseServer {
  url: string;
  connections?: number;
  onBroken?: (error: Error) => void;
}

const CONNECTIONS = 10;

/**
 * Opens the database, brought to the newest migration: PGlite in a folder of this process alone, or a
 * PostgreSQL server, where two processes may start at once. With `migrated: false` its tables stay as they are.
 */
export async function openDatabase(
  place: string | DatabaseServer,
  { migrated = true }: { migrated?: boolean } = {},
): Promise<OpenDatabase> {
  const open = typeof place === 'string' ? await openFolder(place) : await openServer(place);
  try {
    if (migrated) await migrate(open.db);
    return open;
  } catch (error) {
    await open.close();
    throw error;
  }
}

async function openFolder(folder: string): Promise<OpenDatabase> {
  const { pglite, close } = await openEmbeddedDatabase(folder);
  return {
    db: new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) }),
    queue: { backend: 'pglite', db: fromPglite(pglite) },
    close,
  };
}

async function openServer(place: DatabaseServer): Promise<OpenDatabase> {
  const { url, connections = CONNECTIONS, onBroken = () => {} } = place;
  const pool = await openPostgres({ url, connections, onBroken });
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    queue: { backend: 'postgres', connectionString: url, max: 2 },
    close: () => db.destroy(),
  };
}
