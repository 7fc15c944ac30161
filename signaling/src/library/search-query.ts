import { type RawBuilder, sql } from 'kysely';
import { FacetField, type SearchQuery } from '#protocol/search.ts';
import { allOf, anyOf, lexemeQuery, type SearchTerm, searchTerms, termQuery } from './search-terms.ts';
import { bare } from './text-terms.ts';

/** A question as the index understands it. */
export interface PreparedSearch {
  terms: readonly SearchTerm[];
  /** The whole question without spaces, folded: who has it word for word stands first. */
  whole: string;
  /** What limits the search besides its words: audiences and facets. */
  scope: string;
  audiences: readonly string[];
  accountId: string | null;
  filtered: boolean;
  sort: SearchQuery['sort'];
  offset: number;
}

export function prepare(
  query: SearchQuery,
  audiences: readonly string[],
  accountId: string | null,
  pageSize: number,
): PreparedSearch {
  const scope = [anyOf(scopeQueries(audiences, accountId))];
  for (const facet of FacetField.options) {
    const value = query[facet];
    if (value) scope.push(lexemeQuery(facet, value));
  }
  return {
    terms: searchTerms(query.q),
    whole: bare(query.q),
    scope: allOf(scope),
    audiences,
    accountId,
    filtered: scope.length > 1,
    sort: query.sort,
    offset: (query.page - 1) * pageSize,
  };
}

const scopeQueries = (audiences: readonly string[], accountId: string | null): string[] => [
  ...audiences.map((audience) => lexemeQuery('audience', audience)),
  ...(accountId ? [lexemeQuery('author', accountId)] : []),
];

/** All words, anywhere. */
export const everywhere = ({ scope, terms }: PreparedSearch): string =>
  allOf([...terms.map((term) => termQuery(term)), scope]);
/** All words, in title or knowledge points. */
export const inTitles = ({ scope, terms }: PreparedSearch): string =>
  allOf([...terms.map((term) => termQuery(term, true)), scope]);
/** Some of the words. */
export const someWords = ({ scope, terms }: PreparedSearch): string =>
  allOf([anyOf(terms.map((term) => termQuery(term))), scope]);

/**
 * How well an entry `e` answers: title before knowledge points before chapter before all else. By containment in
 * short columns and not by `ts_rank`, which would have to fetch every entry's terms.
 */
export function scoreOf({ terms, whole }: PreparedSearch): RawBuilder<number> {
  if (terms.length === 0) return sql<number>`0`;
  const parts = terms.map(({ text, han }) =>
    han
      ? sql`(case when strpos(e.title, ${text}::text) > 0 then 8 when strpos(e.points, ${text}::text) > 0 then 4
          when strpos(e.places, ${text}::text) > 0 then 2 else 0 end)`
      : sql`(case when strpos(e.title, ${text}::text) > 0 then 8
          when e.initials = ${text}::text or e.pinyin = ${text}::text then 8
          when strpos(e.initials, ${text}::text) = 1 or strpos(e.pinyin, ${text}::text) = 1 then 7
          when strpos(e.initials, ${text}::text) > 0 or strpos(e.pinyin, ${text}::text) > 0 then 6
          when strpos(e.points, ${text}::text) > 0 then 4 when strpos(e.places, ${text}::text) > 0 then 2 else 0 end)`,
  );
  return sql<number>`(case when e.title = ${whole}::text then 32 when strpos(e.title, ${whole}::text) > 0 then 16
    when strpos(e.points, ${whole}::text) > 0 then 8 else 0 end + ${sql.join(parts, sql` + `)})`;
}
