import { Kysely, PGliteDialect } from 'kysely';
import { openEmbeddedDatabase } from '#platform/database/pglite.ts';
import { migrate } from './migrations.ts';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;

export interface OpenDatabase {
  db: Db;
  close(): Promise<void>;
}

/** Opens the embedded database in `folder`, brought to the newest migration. */
export async function openDatabase(folder: string): Promise<OpenDatabase> {
  const { pglite, close } = await openEmbeddedDatabase(folder);
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) });
  await migrate(db);
  return { db, close };
}
