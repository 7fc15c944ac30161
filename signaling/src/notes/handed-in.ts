import type { Kysely } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import type { Database } from '../database/schema.ts';

/**
 * When each of these resources was handed in for review the last time; a draft, and what never was, is not in it.
 * Nothing is shown that was not reviewed: of what can be changed afterwards, captions for one, viewers get what there
 * was at that moment.
 */
export async function handedIn(db: Kysely<Database>, resourceIds: readonly Id[]): Promise<Map<Id, Date>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('resource_version')
    .innerJoin('resource', 'resource.id', 'resource_version.resource_id')
    .select((eb) => ['resource_id', eb.fn.max('resource_version.at').as('at')])
    .where('resource_id', 'in', resourceIds)
    .where('resource_version.state', '=', 'submitted')
    .where('resource.state', '<>', 'draft')
    .groupBy('resource_id')
    .execute();
  return new Map(rows.flatMap(({ resource_id, at }) => (at ? [[resource_id, new Date(at)]] : [])));
}
