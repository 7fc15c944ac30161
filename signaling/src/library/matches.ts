import { sql } from 'kysely';
import { type CatalogueNode, type FacetField, PAGE_SIZE } from '#protocol/search.ts';
import { readCatalogue } from './catalogue.ts';
import type { PreparedSearch } from './search-query.ts';

/** Between the fields of an entry and between entries: characters that no text of ours may hold. */
export const FIELD = '\u001f';
export const ENTRY = '\u001e';

const FACET_FIELDS: readonly FacetField[] = [
  'kind',
  'stage',
  'grade',
  'subject',
  'edition',
  'volume',
  'chapter',
  'section',
  'organization',
  'author',
  'course',
];

/** What follows an entry's score, in this order. */
export const MATCH_COLUMNS = sql`resource_id, plays, extract(epoch from published_at)::float8, kind, coalesce(stage, ''),
  coalesce(grade, ''), coalesce(subject, ''), coalesce(edition, ''), coalesce(volume, ''), coalesce(chapter, ''),
  coalesce(section, ''), organization_id, author_id, coalesce(course_id, ''), knowledge_points`;

/** Stages and grades stand in the order of school, what nobody planned behind them. */
const catalogue = readCatalogue();
const grades = catalogue.flatMap(({ children }) => children);
const named = (nodes: readonly CatalogueNode[]) => [...new Set(nodes.map(({ name }) => name))];
const IN_ORDER: Partial<Record<FacetField, readonly string[]>> = {
  stage: named(catalogue),
  grade: named(grades),
};

function placeIn(field: FacetField, value: string): number {
  const order = IN_ORDER[field];
  const place = order?.indexOf(value) ?? 0;
  return place < 0 ? Number.MAX_SAFE_INTEGER : place;
}

const BEFORE_FACETS = 4;
const MAX_VALUES = 30;

export interface FacetCount {
  field: FacetField;
  value: string;
  count: number;
}

/** Without words there is no relevance: then the newest come first. */
export const sortOf = ({ terms, sort }: PreparedSearch): PreparedSearch['sort'] =>
  sort === 'relevance' && terms.length === 0 ? 'new' : sort;

/** Entries that were found, as one text: a thousand rows of fifteen columns cost more to read than to find. */
export class Matches {
  readonly #rows: readonly string[][];

  constructor(text: string) {
    this.#rows = text === '' ? [] : text.split(ENTRY).map((entry) => entry.split(FIELD));
  }

  get total(): number {
    return this.#rows.length;
  }

  /** Ids of the page that is asked for. */
  page(prepared: PreparedSearch): string[] {
    const entries = this.#rows.map(([score, id, plays, at]) => ({
      id: id!,
      by: { relevance: Number(score), plays: Number(plays), new: Number(at) },
    }));
    const sort = sortOf(prepared);
    entries.sort(
      (a, b) =>
        b.by[sort] - a.by[sort] ||
        (sort === 'relevance' ? b.by.plays - a.by.plays : 0) ||
        b.by.new - a.by.new ||
        (a.id < b.id ? -1 : 1),
    );
    return entries.slice(prepared.offset, prepared.offset + PAGE_SIZE).map(({ id }) => id);
  }

  /** How many of them have which value, the most frequent first. */
  facets(): FacetCount[] {
    const counts = new Map<FacetField, Map<string, number>>();
    const count = (field: FacetField, value: string) => {
      const values = counts.get(field) ?? new Map<string, number>();
      counts.set(field, values.set(value, (values.get(value) ?? 0) + 1));
    };
    for (const row of this.#rows) {
      for (const [index, field] of FACET_FIELDS.entries()) {
        const value = row[BEFORE_FACETS + index];
        if (value) count(field, value);
      }
      for (const point of JSON.parse(row.at(-1)!) as string[]) count('point', point);
    }
    return [...counts].flatMap(([field, values]) =>
      [...values]
        .sort(([a, n], [b, m]) => placeIn(field, a) - placeIn(field, b) || m - n || (a < b ? -1 : 1))
        .slice(0, MAX_VALUES)
        .map(([value, n]) => ({ field, value, count: n })),
    );
  }
}
