import { sql } from 'kysely';
import type { BellPeriod } from '#protocol/bells.ts';
import type { Day } from '#protocol/calendar.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';

interface Schedule {
  starts_on: Day;
  periods: BellPeriod[] | null;
}

const NONE: readonly BellPeriod[] = [];

/** The bells of several schools for a whole term: read once, asked for every day. The rule is `bellsOf`'s. */
export class BellBook {
  /** Of each organization those of the nearest that has any, newest first. */
  readonly #schedules: Map<Id, Schedule[]>;

  static async load(db: Db, organizationIds: readonly Id[]): Promise<BellBook> {
    if (organizationIds.length === 0) return new BellBook(new Map());
    const { rows } = await sql<Schedule & { for_id: Id; distance: number }>`
      with recursive above as (
        select id as for_id, id, parent_id, 0 as distance from organization
          where id in (${sql.join([...new Set(organizationIds)])})
        union all
        select a.for_id, o.id, o.parent_id, a.distance + 1 from organization o join above a on o.id = a.parent_id
      )
      select a.for_id, a.distance, s.starts_on,
        (select json_agg(json_build_object('period', p.period, 'startsMinute', p.starts_minute,
          'endsMinute', p.ends_minute) order by p.period) from bell_period p where p.schedule_id = s.id) as periods
      from above a join bell_schedule s on s.organization_id = a.id
      order by a.for_id, a.distance, s.starts_on desc`.execute(db);
    const schedules = new Map<Id, Schedule[]>();
    const nearest = new Map<Id, number>();
    for (const { for_id, distance, ...schedule } of rows) {
      if ((nearest.get(for_id) ?? distance) !== distance) continue;
      nearest.set(for_id, distance);
      schedules.set(for_id, [...(schedules.get(for_id) ?? []), schedule]);
    }
    return new BellBook(schedules);
  }

  private constructor(schedules: Map<Id, Schedule[]>) {
    this.#schedules = schedules;
  }

  /** The periods that hold at a school on a day, in order; none: nobody has entered any. */
  on(organizationId: Id, day: Day): readonly BellPeriod[] {
    const all = this.#schedules.get(organizationId) ?? [];
    return (all.find(({ starts_on }) => starts_on <= day) ?? all.at(-1))?.periods ?? NONE;
  }

  find(organizationId: Id, day: Day, period: number): BellPeriod | null {
    return this.on(organizationId, day).find((each) => each.period === period) ?? null;
  }
}
