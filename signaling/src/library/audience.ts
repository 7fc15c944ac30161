import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { Reach } from '#protocol/resource.ts';
import type { Db } from '../database/database.ts';

/*
 * Who may find what, worked out when a resource is indexed: an entry has one audience, an account has the audiences
 * that it belongs to. It is the same rule as `watchable` (resource/access.ts), which has the last word over every
 * list; here it is quick enough for a hundred thousand entries.
 */

export const EVERYBODY = 'p';
const SIGNED_IN = 's';
const ofSchool = (organizationId: string) => `o:${organizationId}`;
const ofCounty = (countyId: string) => `c:${countyId}`;
const ofLesson = (lessonId: string) => `l:${lessonId}`;
/** Nobody but its author finds what reaches the classes of no lesson. */
const NOBODY = 'n';

/** Null: it is not searched at all. */
export function audienceOf(
  reach: Reach,
  place: { organizationId: string; countyId: string; lessonId: string | null },
): string | null {
  switch (reach) {
    case 'public':
      return EVERYBODY;
    case 'signedIn':
      return SIGNED_IN;
    case 'school':
      return ofSchool(place.organizationId);
    case 'county':
      return ofCounty(place.countyId);
    case 'classes':
      return place.lessonId ? ofLesson(place.lessonId) : NOBODY;
    case 'password':
      return null;
  }
}

const MAX_LESSONS = 1_000;

/** The audiences that an account (null: nobody signed in) belongs to. */
export async function audiencesOf(db: Db, account: Account | null): Promise<string[]> {
  if (!account) return [EVERYBODY];
  const { accountId, organizationId } = account;
  const { rows } = await sql<{ counties: string[]; lessons: string[] }>`
    with mine as (
      select l.id from lesson l where l.master_classroom_id = ${accountId}
      union select r.lesson_id from lesson_remote r where r.classroom_id = ${accountId} or r.assistant_id = ${accountId}
      union select l.id from lesson l join class_group_member m on m.class_group_id = l.master_class_group_id
        where m.account_id = ${accountId}
      union select r.lesson_id from lesson_remote r join class_group_member m on m.class_group_id = r.class_group_id
        where m.account_id = ${accountId})
    select (${countiesAbove(organizationId)}) as counties, coalesce((
      select jsonb_agg(id) from (
        select id from mine where exists (select 1 from search_entry e where e.audience = 'l:' || mine.id)
        limit ${MAX_LESSONS}) few), '[]') as lessons`.execute(db);
  const { counties, lessons } = rows[0]!;
  return [
    EVERYBODY,
    SIGNED_IN,
    ofSchool(organizationId),
    ...counties.map(ofCounty),
    ...lessons.map(ofLesson),
  ];
}

/** The bureaus that an organization stands under, and the top of its tree. */
function countiesAbove(organizationId: string) {
  return sql`with recursive up as (
    select id, parent_id, kind from organization where id = ${organizationId}
    union select o.id, o.parent_id, o.kind from organization o join up on o.id = up.parent_id
  ) select jsonb_agg(id) from up where kind = 'bureau' or parent_id is null`;
}

/** The county of every organization: its nearest bureau, or the top of a tree that has none. */
export async function countiesOf(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('organization').select(['id', 'parent_id', 'kind']).execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  const county = (id: string): string => {
    const { kind, parent_id } = known.get(id)!;
    return kind === 'bureau' || !parent_id ? id : county(parent_id);
  };
  return new Map(rows.map(({ id }) => [id, county(id)]));
}
