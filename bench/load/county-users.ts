import { sql } from 'kysely';
import type { Role } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { Sessions } from '../../signaling/src/account/sessions.ts';
import type { Db } from '../../signaling/src/database/database.ts';
import { makeCounty } from '../../signaling/src/demo/county/county.ts';
import { Indexer } from '../../signaling/src/library/indexer.ts';
import { fillLibrary } from './many-resources.ts';

/** A school day in the middle of the county's term; what lies before it was held. */
const SCHOOL_DAY = '2026-11-25';
const RESOURCES = 5_000;
const SESSION_HOURS = 12;
/** Who is at work on a morning: fifty different people and rooms. */
const AT_WORK: readonly [role: Role, count: number][] = [
  ['teacher', 26],
  ['classroom', 14],
  ['administrator', 10],
];

const DAY_MS = 86_400_000;
const EAST_MS = 8 * 3_600_000;
/** When today began at the county's schools. */
export const todayMs = (): number => Math.floor((Date.now() + EAST_MS) / DAY_MS) * DAY_MS - EAST_MS;

export interface CountyUser {
  role: Role;
  cookie: string;
  organizationId: Id;
  /** One of their lessons of today; null for who has none of their own. */
  lessonId: Id | null;
}

/**
 * The demo county with its term, in which today is a school day whatever the date, a library, and the sessions of
 * fifty of its people and rooms; the first of the administrators is the whole county's.
 */
export async function fillCounty(db: Db, say: (text: string) => void): Promise<CountyUser[]> {
  const midnight = new Date(`${SCHOOL_DAY}T00:00:00+08:00`);
  const { rootId } = await makeCounty(db, { today: midnight });
  const moved = `${(todayMs() - midnight.getTime()) / DAY_MS} days`;
  await sql`update lesson set planned_start = planned_start + ${moved}::interval,
    planned_end = planned_end + ${moved}::interval where ${isOn(midnight.getTime())}`.execute(db);
  say('the county is there');
  await fillLibrary(db, RESOURCES, () => {});
  await new Indexer(db, { batch: 500 }).drain();
  await sql`vacuum analyze`.execute(db);
  const sessions = new Sessions(db, SESSION_HOURS);
  const users: CountyUser[] = [];
  for (const [role, count] of AT_WORK)
    for (const { account_id, organization_id, lesson_id } of await atWork(db, role, rootId, count)) {
      const { token } = await sessions.open(account_id, { way: 'demo', strong: true });
      users.push({
        ...{ role, cookie: `tc_session=${token}` },
        ...{ organizationId: organization_id, lessonId: lesson_id },
      });
    }
  say(`${users.length} are signed in`);
  return users;
}

const isOn = (midnight: number) =>
  sql`planned_start >= ${new Date(midnight)} and planned_start < ${new Date(midnight + DAY_MS)}`;

/** Teachers and rooms that have a lesson today; administrators from the county's down. */
async function atWork(db: Db, role: Role, rootId: Id, count: number) {
  const { rows } = await sql<{ account_id: Id; organization_id: Id; lesson_id: Id | null }>`
    select r.account_id, r.organization_id, l.id as lesson_id from account_role r
    join organization o on o.id = r.organization_id
    left join lateral (select id from lesson where ${isOn(todayMs())} and cancelled_at is null
      and r.account_id in (teacher_id, master_classroom_id) order by planned_start limit 1) l on true
    where r.role = ${role} and (l.id is not null or r.role = 'administrator')
    order by r.organization_id = ${rootId} desc, o.kind = 'bureau' desc, r.account_id limit ${count}`.execute(
    db,
  );
  if (rows.length < count) throw new Error(`the county has ${rows.length} of ${count} (${role})`);
  return rows;
}
