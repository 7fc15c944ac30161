import { sql } from 'kysely';
import type { BellPeriod, BellSchedule } from '#protocol/bells.ts';
import type { Day } from '#protocol/calendar.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';

/**
 * The bells by which an organization lives on a day: its own, or else those of the nearest above it that has any. Of
 * several the newest that has begun; before the first has begun, the first. Null: nobody has entered any.
 */
export async function bellsOf(db: Db, organizationId: Id, day: Day): Promise<BellSchedule | null> {
  return (await bellsOfMany(db, [organizationId], day)).get(organizationId) ?? null;
}

/** The same for many at once, in one query. */
export async function bellsOfMany(
  db: Db,
  organizationIds: readonly Id[],
  day: Day,
): Promise<Map<Id, BellSchedule>> {
  if (organizationIds.length === 0) return new Map();
  const { rows } = await sql<ScheduleRow>`
    with recursive above as (
      select id as for_id, id, parent_id, 0 as distance from organization where id in (${sql.join(organizationIds)})
      union all
      select a.for_id, o.id, o.parent_id, a.distance + 1 from organization o join above a on o.id = a.parent_id
    ), chosen as (
      select distinct on (a.for_id) a.for_id, s.*
      from above a join bell_schedule s on s.organization_id = a.id
      order by a.for_id, a.distance, s.starts_on <= ${day} desc,
        case when s.starts_on <= ${day} then s.starts_on end desc, s.starts_on
    )
    select c.*, o.name as organization_name,
      (select json_agg(json_build_object('period', p.period, 'startsMinute', p.starts_minute, 'endsMinute', p.ends_minute)
        order by p.period) from bell_period p where p.schedule_id = c.id) as periods
    from chosen c join organization o on o.id = c.organization_id`.execute(db);
  return new Map(rows.map((row) => [row.for_id, scheduleOf(row)]));
}

export interface ScheduleRow {
  for_id: Id;
  id: Id;
  organization_id: Id;
  organization_name: string;
  name: string;
  starts_on: Day;
  version: number;
  periods: BellPeriod[] | null;
}

export const scheduleOf = (row: ScheduleRow): BellSchedule => ({
  scheduleId: row.id,
  organizationId: row.organization_id,
  organizationName: row.organization_name,
  name: row.name,
  startsOn: row.starts_on,
  periods: row.periods ?? [],
  version: row.version,
});
