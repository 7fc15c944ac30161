import { sql } from 'kysely';
import type { Db } from '../database/database.ts';

/** Counts a play: once for a viewer and a day. @returns whether it counted */
export async function countPlay(db: Db, resourceId: string, viewer: string): Promise<boolean> {
  const { rows } = await sql<{ plays: number }>`
    with first as (
      insert into play_day (resource_id, viewer, day) values (${resourceId}, ${viewer}, current_date)
      on conflict do nothing returning resource_id)
    update resource set plays = plays + 1 from first where resource.id = first.resource_id
    returning plays`.execute(db);
  return rows.length > 0;
}
