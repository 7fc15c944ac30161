import { type Expression, type SqlBool, sql } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { organizationsBelow } from '../office/office-access.ts';

/** Every side of a pairing with its organization: the master's, and each remote class's. */
export const SIDES = sql`(select id as pairing_id, organization_id from pairing
  union select pairing_id, organization_id from pairing_remote)`;

/**
 * Whether a side of a pairing that is `own` (a condition of `one.organization_id`) has an organization, or one below it,
 * as another side: each may know the other's bells.
 */
export async function sharesLessons(db: Db, own: Expression<SqlBool>, other: Id): Promise<boolean> {
  const { rows } = await sql`select 1 from ${SIDES} one join ${SIDES} two on one.pairing_id = two.pairing_id
    where ${own} and two.organization_id in ${organizationsBelow(other)} limit 1`.execute(db);
  return rows.length > 0;
}
