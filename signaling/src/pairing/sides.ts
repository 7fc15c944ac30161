import { sql } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { organizationsBelow } from '../office/office-access.ts';

/** Every side of a pairing with its organization: the master's, and each remote class's. */
export const SIDES = sql`(select id as pairing_id, organization_id from pairing
  union select pairing_id, organization_id from pairing_remote)`;

/** Whether two organizations, or those below them, are sides of one pairing: each may know the other's bells. */
export async function sharesLessons(db: Db, one: Id, other: Id): Promise<boolean> {
  const { rows } = await sql`select 1 from ${SIDES} a join ${SIDES} b on a.pairing_id = b.pairing_id
    where a.organization_id in ${organizationsBelow(one)} and b.organization_id in ${organizationsBelow(other)}
    limit 1`.execute(db);
  return rows.length > 0;
}
