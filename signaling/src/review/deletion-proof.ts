import { sql } from 'kysely';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { DeletionProof } from '#protocol/retention.ts';
import type { Db } from '../database/database.ts';
import { allFiles, isIn } from './traces.ts';

/** Tables that keep an id on purpose, and why. */
const KEPT: Record<string, string> = {
  resource_tombstone: 'the record that it was, and who deleted it',
  audit_entry: 'the audit, which nothing is taken out of but whole old months',
  harvest_tombstone: 'tells those who harvested it that it is gone',
};
/** The lesson's own log names the recording that was made: it is the school's register and no part of a resource. */
const LOG = 'timeline_event';

/**
 * Looks for a deleted resource everywhere: every table there is, whatever has been added since this was written, and
 * every file of the store by name. It asks the database and the store, and not whoever deleted.
 */
export async function proveDeleted(db: Db, blobs: BlobStore, resourceId: string): Promise<DeletionProof> {
  const stone = await db
    .selectFrom('resource_tombstone')
    .leftJoin('account', 'account.id', 'resource_tombstone.by_account_id')
    .selectAll('resource_tombstone')
    .select('account.name')
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  const recordingIds = stone?.traces.recordingIds ?? [];
  const shared = await stillShown(db, recordingIds);
  const goneIds = [resourceId, ...recordingIds.filter((id) => !shared.has(id))];
  const places: DeletionProof['places'] = [];
  const kept: DeletionProof['kept'] = [];
  for (const { schema, name } of await tablesOf(db)) {
    const left = await rowsNaming(db, schema, name, goneIds);
    const place = `${schema}.${name}`;
    if (KEPT[name] && left > 0) kept.push({ place: `${place} (${left})`, because: KEPT[name] });
    else if (name === LOG && left > 0)
      kept.push({ place: `${place} (${left})`, because: 'the lesson’s own log' });
    else places.push({ place, left });
  }
  const files = await allFiles(blobs);
  const folders = new Map<string, number>();
  for (const key of files) {
    const folder = `files ${key.split('/')[0]}/`;
    const names = goneIds.some((id) => key.includes(id)) || isIn(key, stone?.traces.places ?? []);
    folders.set(folder, (folders.get(folder) ?? 0) + (names ? 1 : 0));
  }
  for (const [place, left] of [...folders].sort()) places.push({ place, left });
  if (folders.size === 0) places.push({ place: 'files', left: 0 });
  for (const [recordingId, title] of shared)
    kept.push({ place: `recordings/${recordingId}`, because: `shown by: ${title}` });
  return {
    resourceId,
    tombstone: stone
      ? {
          title: stone.title,
          kind: stone.kind,
          deletedAt: stone.deleted_at.getTime(),
          byName: stone.name,
          why: stone.why,
        }
      : null,
    places,
    kept,
    clean: places.every(({ left }) => left === 0),
  };
}

async function tablesOf(db: Db): Promise<{ schema: string; name: string }[]> {
  const { rows } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2`.execute(db);
  return rows;
}

async function rowsNaming(db: Db, schema: string, name: string, ids: readonly string[]): Promise<number> {
  const table = sql.table(`${schema}.${name}`);
  const names = sql.join(
    ids.map((id) => sql`row_of::text like ${`%${id.replaceAll('_', '\\_')}%`}`),
    sql` or `,
  );
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as "left" from ${table} row_of where ${names}`.execute(db);
  return rows[0]?.left ?? 0;
}

async function stillShown(db: Db, recordingIds: readonly string[]): Promise<Map<string, string>> {
  const shown = new Map<string, string>();
  for (const recordingId of recordingIds) {
    const { rows } = await sql<{ title: string }>`
      select title from resource
      where programme @> ${JSON.stringify({ clips: [{ recordingId }] })}::jsonb limit 1`.execute(db);
    if (rows[0]) shown.set(recordingId, rows[0].title);
  }
  return shown;
}
