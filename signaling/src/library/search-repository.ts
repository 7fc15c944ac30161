import { type RawBuilder, sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import {
  COUNT_CAP,
  type FacetField,
  type Facets,
  type HitMoment,
  PAGE_SIZE,
  type SearchPage,
  type SearchQuery,
} from '#protocol/search.ts';
import type { Db } from '../database/database.ts';
import { audiencesOf } from './audience.ts';
import type { Cards } from './cards.ts';
import { ENTRY, type FacetCount, FIELD, MATCH_COLUMNS, Matches, sortOf } from './matches.ts';
import { everywhere, inTitles, type PreparedSearch, prepare, scoreOf, someWords } from './search-query.ts';

/** So many entries are looked at one by one for a page of what is common, before all matches are sorted. */
const WINDOW = 1_000;
const MAX_MOMENTS = 3;
/**
 * Search over what an account may watch. Three ways, so that neither a rare word nor a common one is slow:
 *
 * - The index gives at most {@link COUNT_CAP} + 1 matches. If these are all, they are ranked, and counted by facet.
 * - If there are more, the words are common, and the page is soon full when entries are taken newest or most played
 *   first and looked at one by one.
 * - If it is not full after {@link WINDOW} entries, all matches are sorted: they are common, but not among the first.
 */
export class SearchRepository {
  readonly #db: Db;
  readonly #cards: Cards;

  constructor(db: Db, cards: Cards) {
    this.#db = db;
    this.#cards = cards;
  }

  async search(query: SearchQuery, account: Account | null): Promise<SearchPage> {
    const prepared = prepare(
      query,
      await audiencesOf(this.#db, account),
      account?.accountId ?? null,
      PAGE_SIZE,
    );
    const words = prepared.terms.map(({ text }) => text);
    const nothing = { hits: [], total: 0, more: false, relaxed: false, facets: {}, words };
    if (query.q.trim() && words.length === 0) return nothing;
    let relaxed = false;
    let found = await this.#matches(prepared, everywhere(prepared));
    if (found.total === 0 && words.length > 1) {
      relaxed = true;
      found = await this.#matches(prepared, someWords(prepared));
    }
    if (found.total === 0) return nothing;
    const more = found.total > COUNT_CAP;
    const ids = more && !relaxed ? await this.#firstOfMany(prepared, found) : found.page(prepared);
    const cards = await this.#cards.ofIds(ids, account);
    const moments = await this.#momentsIn(
      cards.map(({ resourceId }) => resourceId),
      words,
    );
    return {
      hits: cards.map((card) => ({ card, moments: moments.get(card.resourceId) ?? [] })),
      total: Math.min(found.total, COUNT_CAP),
      more,
      relaxed,
      facets: await this.#labelled(found.facets()),
      words,
    };
  }

  /** At most {@link COUNT_CAP} + 1 matches. They are counted here and not by the database, which takes twice as long. */
  async #matches(prepared: PreparedSearch, tsquery: string): Promise<Matches> {
    const { rows } = await sql<{ text: string | null }>`
      with q as materialized (select ${tsquery}::text::tsquery as terms)
      select string_agg(concat_ws(${FIELD}::text, ${scoreOf(prepared)}, ${MATCH_COLUMNS}), ${ENTRY}::text) as text
      from (${isPlain(prepared) ? newestVisible(prepared) : matching()}) e`.execute(this.#db);
    return new Matches(rows[0]!.text ?? '');
  }

  /** A page of what is so common that not all of it is looked at. */
  async #firstOfMany(prepared: PreparedSearch, found: Matches): Promise<string[]> {
    const { terms, sort } = prepared;
    const plain = isPlain(prepared);
    if (sort !== 'relevance' || terms.length === 0) {
      // These came newest first.
      if (plain && sort !== 'plays') return found.page(prepared);
      const tsquery = plain ? null : everywhere(prepared);
      const ids = await this.#window(prepared, tsquery, sort === 'plays' ? 'plays' : 'new');
      return ids.length === PAGE_SIZE ? ids : await this.#sorted(everywhere(prepared), prepared);
    }
    const ids = await this.#window(prepared, inTitles(prepared), 'plays');
    if (ids.length === PAGE_SIZE) return ids;
    const titled = await this.#sorted(inTitles(prepared), prepared);
    if (titled.length === PAGE_SIZE) return titled;
    return [...new Set([...titled, ...found.page(prepared)])].slice(0, PAGE_SIZE);
  }

  /** The page as far as it is among the first entries; `tsquery` null: nothing is looked for. */
  async #window(prepared: PreparedSearch, tsquery: string | null, by: 'new' | 'plays'): Promise<string[]> {
    const { audiences, accountId, offset } = prepared;
    const newest = sql`select * from search_entry order by published_at desc, resource_id limit ${WINDOW}`;
    const mostPlayed = sql`select s.*, r.plays as played from (
        select id, plays from resource where state = 'published' order by plays desc, id limit ${WINDOW}) r
      join search_entry s on s.resource_id = r.id`;
    const order = by === 'new' ? sql`published_at desc, resource_id` : sql`played desc, resource_id`;
    const found = tsquery === null ? sql`true` : sql`terms @@ ${tsquery}::text::tsquery`;
    // "Is true" keeps the planner from taking the indexes instead of the window.
    const { rows } = await sql<{ resource_id: string }>`
      select resource_id from (${by === 'new' ? newest : mostPlayed}) e
      where ${inTime} and (audience in (${sql.join(audiences)}) or author_id = ${accountId}) is true
        and (${found}) is true
      order by ${order} limit ${PAGE_SIZE} offset ${offset}`.execute(this.#db);
    return rows.map(({ resource_id }) => resource_id);
  }

  async #sorted(tsquery: string, prepared: PreparedSearch): Promise<string[]> {
    const { rows } = await sql<{ resource_id: string }>`
      with q as materialized (select ${tsquery}::text::tsquery as terms)
      select e.resource_id from q, search_entry e where e.terms @@ q.terms and ${inTime}
      order by ${orderOf(prepared)} limit ${PAGE_SIZE} offset ${prepared.offset}`.execute(this.#db);
    return rows.map(({ resource_id }) => resource_id);
  }

  /** Where in these resources the words stand; the moments with most of them first, then in order of time. */
  async #momentsIn(ids: readonly string[], words: readonly string[]): Promise<Map<string, HitMoment[]>> {
    const found = new Map<string, HitMoment[]>();
    if (ids.length === 0 || words.length === 0) return found;
    const hits = sql.join(
      words.map((word) => sql`(strpos(m.folded, ${word}::text) > 0)::int`),
      sql` + `,
    );
    const { rows } = await sql<Record<string, never> & { resource_id: string } & HitMoment>`
      select r.id as resource_id, m.source, m.at_ms as "atMs", m.page, m.text
      from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb) as r(id), lateral (
        select *, ${hits} as n from search_moment m
        where m.resource_id = r.id and ${hits} > 0 order by n desc, m.at_ms, m.page limit ${MAX_MOMENTS}) m
      order by m.at_ms, m.page`.execute(this.#db);
    for (const { resource_id, source, atMs, page, text } of rows) {
      const list = found.get(resource_id) ?? [];
      found.set(resource_id, [...list, { source, atMs, page, text: excerpt(text, words) }]);
    }
    return found;
  }

  /** Facets that are ids are shown by their names. */
  async #labelled(counts: readonly FacetCount[]): Promise<Facets> {
    const ids = (field: FacetField) =>
      counts.filter((count) => count.field === field).map(({ value }) => value);
    const names = new Map<string, string>();
    const tables = [
      ['organization', 'organization', 'name'],
      ['author', 'account', 'name'],
      ['course', 'course', 'title'],
    ] as const;
    for (const [field, table, column] of tables) {
      const wanted = ids(field);
      if (wanted.length === 0) continue;
      const { rows } = await sql<{ id: string; name: string }>`
        select id, ${sql.ref(column)} as name from ${sql.table(table)}
        where id in (${sql.join(wanted)})`.execute(this.#db);
      for (const { id, name } of rows) names.set(id, name);
    }
    const facets: Facets = {};
    for (const { field, value, count } of counts) {
      facets[field] ??= [];
      facets[field].push({ value, label: names.get(value) ?? value, count });
    }
    return facets;
  }
}

const NARROW = sql`e.resource_id, e.organization_id, e.author_id, e.course_id, e.published_at, e.plays, e.kind, e.stage,
  e.grade, e.subject, e.edition, e.volume, e.chapter, e.section, e.knowledge_points, e.title, e.points, e.places,
  e.initials, e.pinyin`;
const isPlain = ({ terms, filtered }: PreparedSearch): boolean => terms.length === 0 && !filtered;
const inTime = sql`(e.starts_at is null or e.starts_at <= now()) and (e.ends_at is null or e.ends_at > now())`;

/**
 * By the index. That the query comes from a table keeps the planner from guessing how common its words are: a guess
 * that is wrong reads the whole table.
 */
const matching = (): RawBuilder<unknown> => sql`
  select ${NARROW} from q, search_entry e where e.terms @@ q.terms and ${inTime} limit ${COUNT_CAP + 1}`;

const newestVisible = ({ audiences, accountId }: PreparedSearch): RawBuilder<unknown> => sql`
  select ${NARROW} from search_entry e
  where ${inTime} and (e.audience in (${sql.join(audiences)}) or e.author_id = ${accountId})
  order by e.published_at desc, e.resource_id limit ${COUNT_CAP + 1}`;

function orderOf(prepared: PreparedSearch): RawBuilder<unknown> {
  switch (sortOf(prepared)) {
    case 'new':
      return sql`e.published_at desc, e.resource_id`;
    case 'plays':
      return sql`e.plays desc, e.published_at desc, e.resource_id`;
    case 'relevance':
      return sql`${scoreOf(prepared)} desc, e.plays desc, e.published_at desc, e.resource_id`;
  }
}

const BEFORE = 20;
const SHOWN = 100;

/** A long page's text around the first word that was looked for. */
function excerpt(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= SHOWN) return line;
  const at = Math.min(...words.map((word) => line.toLowerCase().indexOf(word)).filter((place) => place >= 0));
  const from = Number.isFinite(at) ? Math.max(0, at - BEFORE) : 0;
  return `${from > 0 ? '…' : ''}${line.slice(from, from + SHOWN)}${from + SHOWN < line.length ? '…' : ''}`;
}
