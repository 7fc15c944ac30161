import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { Suggestion } from '#protocol/search.ts';
import type { Db } from '../database/database.ts';
import { audiencesOf } from './audience.ts';
import { pinyinOf } from './pinyin-terms.ts';
import { inTitles, type PreparedSearch, prepare, scoreOf } from './search-query.ts';
import { bare } from './text-terms.ts';

const CANDIDATES = 200;
const SHOWN = 8;
const POINTS_SHOWN = 4;

/** What somebody who types this may mean: knowledge points first, then titles; of what may be watched alone. */
export async function suggestionsFor(db: Db, q: string, account: Account | null): Promise<Suggestion[]> {
  const query = { q, sort: 'relevance' as const, page: 1 };
  const prepared = prepare(query, await audiencesOf(db, account), account?.accountId ?? null, SHOWN);
  if (prepared.terms.length === 0) return [];
  const { rows } = await sql<{ id: string; title: string; knowledge_points: string[] }>`
    with q as materialized (select ${inTitles(prepared)}::text::tsquery as terms),
    found as materialized (
      select e.resource_id, e.title, e.points, e.places, e.initials, e.pinyin, e.plays
      from q, search_entry e where e.terms @@ q.terms
        and (e.starts_at is null or e.starts_at <= now()) and (e.ends_at is null or e.ends_at > now())
      limit ${CANDIDATES})
    select r.id, r.title, r.knowledge_points from found e join resource r on r.id = e.resource_id
    order by ${scoreOf(prepared)} desc, e.plays desc, r.id`.execute(db);
  const points = unique(rows.flatMap(({ knowledge_points }) => knowledge_points))
    .filter((point) => isMeant(point, prepared))
    .slice(0, POINTS_SHOWN)
    .map((text): Suggestion => ({ text, kind: 'point', resourceId: null }));
  const seen = new Set(points.map(({ text }) => text));
  const titles = rows
    .filter(({ title }) => !seen.has(title) && seen.add(title))
    .map(({ id, title }): Suggestion => ({ text: title, kind: 'resource', resourceId: id }));
  return [...points, ...titles].slice(0, SHOWN);
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

function isMeant(point: string, { terms }: PreparedSearch): boolean {
  const text = bare(point);
  const { letters, initials } = pinyinOf(point);
  return terms.every((term) => [text, letters, initials].some((form) => form.includes(term.text)));
}
