import { z } from 'zod';
import { Id } from './ids.ts';
import { Resource, ResourceKind } from './resource.ts';

/*
 * Finding resources in the library. Everything here shows only what the asking account, or nobody signed in, may
 * watch: hits, counts, facets, suggestions, related.
 *
 *   GET  /api/library/search?q=&sort=&page=&<facet>=…  SearchPage
 *   GET  /api/library/suggestions?q=                   Suggestion[]
 *   GET  /api/library/catalogue                        CatalogueNode[]  (the reference tree; other values are allowed)
 *   GET  /api/library/resources/:id/related            LibraryCard[]
 *   POST /api/library/resources/:id/plays              → {}  (counted once for each viewer and day)
 *   POST /api/library/reindex                          → {}  (administrators: makes the whole index anew, in the background)
 */

/** How much of a question is read. What is longer is cut, and not refused. */
export const MAX_QUERY = 60;
export const MAX_TERMS = 8;
export const PAGE_SIZE = 24;
/** Beyond this it is only said that there are more; who needs the 1,001st hit asks more narrowly. */
export const COUNT_CAP = 1_000;

/** Places in the catalogue and beside it by which results are narrowed. */
export const FacetField = z.enum([
  'kind',
  'stage',
  'grade',
  'subject',
  'edition',
  'volume',
  'chapter',
  'section',
  'point',
  'organization',
  /** All schools of one bureau; a filter only, it is not counted. */
  'county',
  'author',
  'course',
]);
export type FacetField = z.infer<typeof FacetField>;

export const SearchSort = z.enum(['relevance', 'new', 'plays']);
export type SearchSort = z.infer<typeof SearchSort>;

const Text = z.string().transform((text) => [...text.toWellFormed()].slice(0, MAX_QUERY).join(''));
const FacetValue = z.string().min(1).max(120).optional();

export const SearchQuery = z.object({
  q: Text.default(''),
  sort: SearchSort.default('relevance'),
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(Math.ceil(COUNT_CAP / PAGE_SIZE))
    .default(1),
  kind: ResourceKind.optional(),
  stage: FacetValue,
  grade: FacetValue,
  subject: FacetValue,
  edition: FacetValue,
  volume: FacetValue,
  chapter: FacetValue,
  section: FacetValue,
  point: FacetValue,
  organization: FacetValue,
  county: FacetValue,
  author: FacetValue,
  course: FacetValue,
});
export type SearchQuery = z.infer<typeof SearchQuery>;
export const SuggestionQuery = z.object({ q: Text.default('') });

export const MomentSource = z.enum(['caption', 'chapter', 'page']);
export type MomentSource = z.infer<typeof MomentSource>;

/** A place where the words stand; `atMs` is the resource's own (programme) time. */
export const HitMoment = z.object({
  source: MomentSource,
  atMs: z.number().nullable(),
  page: z.number().int().nullable(),
  text: z.string(),
});
export type HitMoment = z.infer<typeof HitMoment>;

/** A resource as lists show it. */
export const LibraryCard = Resource.omit({ programme: true, may: true }).extend({
  /** A picture of it, a path on this server; null where there is none. */
  cover: z.string().nullable(),
});
export type LibraryCard = z.infer<typeof LibraryCard>;

export const SearchHit = z.object({ card: LibraryCard, moments: z.array(HitMoment) });
export type SearchHit = z.infer<typeof SearchHit>;

export const FacetValueCount = z.object({ value: z.string(), label: z.string(), count: z.number().int() });
export const Facets = z.partialRecord(FacetField, z.array(FacetValueCount));
export type Facets = z.infer<typeof Facets>;

export const SearchPage = z.object({
  hits: z.array(SearchHit),
  /** At most {@link COUNT_CAP}; `more` says that it is really larger, and that the facets' counts are too. */
  total: z.number().int(),
  more: z.boolean(),
  /** Nothing had all words: these have some of them. */
  relaxed: z.boolean(),
  facets: Facets,
  /** The words that were looked for, for marking them in the text; folded. */
  words: z.array(z.string()),
});
export type SearchPage = z.infer<typeof SearchPage>;

export const Suggestion = z.object({
  text: z.string(),
  kind: z.enum(['resource', 'point', 'chapter']),
  resourceId: Id.nullable(),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** The reference catalogue as a tree: stage, grade, subject, edition, volume, chapter, section. */
export interface CatalogueNode {
  name: string;
  children: CatalogueNode[];
}
export const CatalogueNode: z.ZodType<CatalogueNode> = z.lazy(() =>
  z.object({ name: z.string(), children: z.array(CatalogueNode) }),
);
