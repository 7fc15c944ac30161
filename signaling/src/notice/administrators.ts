import { sql } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';

/**
 * Who administers each of these organizations: the administrators there, and where there are none those of the nearest
 * organization above that has some.
 */
export async function administratorsOf(db: Db, organizationIds: readonly Id[]): Promise<Map<Id, Id[]>> {
  if (organizationIds.length === 0) return new Map();
  const there = sql`(select r.organization_id, a.id from account_role r join account a on a.id = r.account_id
    where r.role = 'administrator' and a.disabled_at is null and a.archived_at is null)`;
  const { rows } = await sql<{ place: Id; account_id: Id }>`
    with recursive up as (
      select o.id as place, o.id, o.parent_id from organization o
        where o.id in (${sql.join([...new Set(organizationIds)])})
      union all
      select up.place, o.id, o.parent_id from up join organization o on o.id = up.parent_id
        where not exists (select 1 from ${there} someone where someone.organization_id = up.id)
    ) select distinct up.place, someone.id as account_id from up
      join ${there} someone on someone.organization_id = up.id`.execute(db);
  const found = Map.groupBy(rows, ({ place }) => place);
  return new Map([...found].map(([place, all]) => [place, all.map(({ account_id }) => account_id)]));
}
