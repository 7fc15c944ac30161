import { sql } from 'kysely';
import { type Day, type TermDay, weeksOfTerm } from '#protocol/calendar.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';

/** A term as days are counted in it; `calendar.ts` takes it and its days. */
export interface TermCalendar {
  termId: Id;
  organizationId: Id;
  name: string;
  startsOn: Day;
  endsOn: Day;
  weeks: number;
  days: TermDay[];
}

/** The term that holds at an organization on a day: of the nearest at or above that has one then. Null: holidays. */
export async function termOf(db: Db, organizationId: Id, day: Day): Promise<TermCalendar | null> {
  const { rows } = await sql<{ id: Id }>`
    with recursive above as (
      select id, parent_id, 0 as distance from organization where id = ${organizationId}
      union all select o.id, o.parent_id, a.distance + 1 from organization o join above a on o.id = a.parent_id
    )
    select t.id from term t join above a on a.id = t.organization_id
    where t.starts_on <= ${day} and t.ends_on >= ${day}
    order by a.distance, t.starts_on desc limit 1`.execute(db);
  return rows[0] ? await termCalendar(db, rows[0].id) : null;
}

/** A term with its holidays and make-up days, in order; null: there is none of that id. */
export async function termCalendar(db: Db, termId: Id): Promise<TermCalendar | null> {
  const term = await db.selectFrom('term').selectAll().where('id', '=', termId).executeTakeFirst();
  if (!term) return null;
  const days = await db
    .selectFrom('term_day')
    .select(['day', 'kind', 'follows_weekday', 'name'])
    .where('term_id', '=', termId)
    .orderBy('day')
    .execute();
  const span = { startsOn: term.starts_on, endsOn: term.ends_on };
  return {
    termId,
    organizationId: term.organization_id,
    name: term.name,
    ...span,
    weeks: weeksOfTerm(span),
    days: days.map(({ follows_weekday, ...day }) => ({ ...day, followsWeekday: follows_weekday })),
  };
}
