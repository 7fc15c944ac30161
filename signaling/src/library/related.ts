import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { LibraryCard } from '#protocol/search.ts';
import type { Db } from '../database/database.ts';
import type { ResourceRow } from '../resource/resource-rows.ts';
import { audiencesOf } from './audience.ts';
import type { Cards } from './cards.ts';
import { allOf, anyOf, lexemeQuery, searchTerms, termQuery } from './search-terms.ts';

const SHOWN = 8;
const CANDIDATES = 300;

/** What else somebody watches who watched this: the same knowledge points, section or course, then the same words. */
export async function relatedTo(
  db: Db,
  cards: Cards,
  row: ResourceRow,
  account: Account | null,
): Promise<LibraryCard[]> {
  const { catalogue: c, title } = row;
  const courseId = await courseOf(db, row.lessonId);
  const audience = anyOf([
    ...(await audiencesOf(db, account)).map((one) => lexemeQuery('audience', one)),
    ...(account ? [lexemeQuery('author', account.accountId)] : []),
  ]);
  const near = [
    ...c.knowledgePoints.map((point) => lexemeQuery('point', point)),
    ...(c.section ? [lexemeQuery('section', c.section)] : []),
    ...(courseId ? [lexemeQuery('course', courseId)] : []),
  ];
  const words = searchTerms(title).filter(({ text }) => text.length > 1);
  const ids = near.length > 0 ? await find(allOf([anyOf(near), audience])) : [];
  if (ids.length < SHOWN && words.length > 0) {
    const subject = c.subject ? [lexemeQuery('subject', c.subject)] : [];
    ids.push(
      ...(await find(allOf([anyOf(words.map((word) => termQuery(word, true))), ...subject, audience]))),
    );
  }
  return (await cards.ofIds([...new Set(ids)].slice(0, SHOWN * 2), account)).slice(0, SHOWN);

  async function find(tsquery: string): Promise<string[]> {
    const same = sql.join(
      [
        sql`0`,
        ...c.knowledgePoints.map((point) => sql`3 * (e.knowledge_points ? ${point}::text)::int`),
        ...(c.section ? [sql`4 * coalesce((e.section = ${c.section}::text)::int, 0)`] : []),
        ...(courseId ? [sql`2 * coalesce((e.course_id = ${courseId}::text)::int, 0)`] : []),
        ...(c.grade ? [sql`coalesce((e.grade = ${c.grade}::text)::int, 0)`] : []),
        ...words.map(({ text }) => sql`(strpos(e.title, ${text}::text) > 0)::int`),
      ],
      sql` + `,
    );
    const { rows } = await sql<{ resource_id: string }>`
      with q as materialized (select ${tsquery}::text::tsquery as terms),
      e as materialized (
        select e.resource_id, e.knowledge_points, e.section, e.course_id, e.grade, e.title, e.plays
        from q, search_entry e where e.terms @@ q.terms and e.resource_id <> ${row.resourceId}
          and (e.starts_at is null or e.starts_at <= now()) and (e.ends_at is null or e.ends_at > now())
        limit ${CANDIDATES})
      select resource_id from e order by ${same} desc, plays desc, resource_id limit ${SHOWN * 2}`.execute(
      db,
    );
    return rows.map(({ resource_id }) => resource_id);
  }
}

async function courseOf(db: Db, lessonId: string | null): Promise<string | null> {
  if (!lessonId) return null;
  const lesson = await db
    .selectFrom('lesson')
    .select('course_id')
    .where('id', '=', lessonId)
    .executeTakeFirst();
  return lesson?.course_id ?? null;
}
