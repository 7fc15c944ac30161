import { sql } from 'kysely';
import type { Db } from '../database/database.ts';

/** As many as one page of buttons takes in. */
const ALL_UP_TO = 80;
const OF_EACH_ROLE = 2;
const BUREAUS = 3;
const SCHOOLS = 6;

/**
 * Whom the demo's sign-in page shows where a county's hundreds would drown it: of the highest bureaus and of the first
 * schools that share lessons, two of each role. Null: everybody.
 */
export async function demoSelection(db: Db): Promise<Set<string> | null> {
  const { count } = await db
    .selectFrom('account_role')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) <= ALL_UP_TO) return null;
  const { rows } = await sql<{ id: string }>`
    with recursive tree as (
      select id, kind, 1 as depth from organization where parent_id is null
      union all select o.id, o.kind, depth + 1 from organization o join tree on o.parent_id = tree.id
    ), linked as (
      select organization_id as id, count(*) as shared from (
        select organization_id from pairing union all select organization_id from pairing_remote
        union all select organization_id from lesson) each_of group by 1
    ), chosen as (
      (select id from tree where kind = 'bureau' order by depth, id limit ${BUREAUS})
      union
      (select tree.id from tree join linked on linked.id = tree.id and tree.kind <> 'bureau'
        order by shared desc, tree.id limit ${SCHOOLS})
    ), ranked as (
      select r.account_id as id,
        row_number() over (partition by r.organization_id, r.role order by a.number nulls first, a.id) as nth
      from account_role r join account a on a.id = r.account_id
      where r.organization_id in (select id from chosen) and a.archived_at is null and a.disabled_at is null
    ) select id from ranked where nth <= ${OF_EACH_ROLE}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
