import type { HitMoment } from '#protocol/search.ts';
import type { ResourceRow } from '../resource/resource-rows.ts';
import { pinyinOf, pinyinTerms } from './pinyin-terms.ts';
import { lexemeOf, TITLE } from './search-terms.ts';
import { bare, textTerms } from './text-terms.ts';

/** Terms beyond this are left out: a tsvector ends at a mebibyte, a lesson's words long before. */
const MAX_TERMS = 20_000;

export interface Indexed {
  row: ResourceRow;
  courseId: string | null;
  countyId: string;
  audience: string;
  moments: readonly HitMoment[];
}

/** A resource as it is searched: the columns of `search_entry`, with the terms as an array. */
export function entryOf(indexed: Indexed) {
  const { row, courseId, audience } = indexed;
  const { catalogue: c } = row;
  const { letters, initials } = pinyinOf(row.title);
  return {
    resource_id: row.resourceId,
    organization_id: row.organizationId,
    author_id: row.authorId,
    course_id: courseId,
    audience,
    starts_at: row.startsAt === null ? null : new Date(row.startsAt),
    ends_at: row.endsAt === null ? null : new Date(row.endsAt),
    published_at: new Date(row.publishedAt ?? row.createdAt),
    plays: row.plays,
    kind: row.kind,
    stage: c.stage,
    grade: c.grade,
    subject: c.subject,
    edition: c.edition,
    volume: c.volume,
    chapter: c.chapter,
    section: c.section,
    knowledge_points: c.knowledgePoints,
    title: bare(row.title),
    points: c.knowledgePoints.map(bare).join(' '),
    places: [c.chapter, c.section].map((place) => bare(place ?? '')).join(' '),
    initials,
    pinyin: letters,
    terms: [...termsOf(indexed)].slice(0, MAX_TERMS),
  };
}

function termsOf({ row, courseId, countyId, audience, moments }: Indexed): Set<string> {
  const { catalogue: c } = row;
  const terms = new Set<string>([lexemeOf('audience', audience), lexemeOf('author', row.authorId)]);
  const places: readonly [string, string | null][] = [
    ['kind', row.kind],
    ['organization', row.organizationId],
    ['county', countyId],
    ['course', courseId],
    ['stage', c.stage],
    ['grade', c.grade],
    ['subject', c.subject],
    ['edition', c.edition],
    ['volume', c.volume],
    ['chapter', c.chapter],
    ['section', c.section],
    ...c.knowledgePoints.map((point): [string, string] => ['point', point]),
  ];
  for (const [field, value] of places) if (value) terms.add(lexemeOf(field, value));
  for (const text of [row.title, ...c.knowledgePoints]) {
    textTerms(text, terms, { singles: true, mark: TITLE });
    textTerms(text, terms, { singles: true });
    pinyinTerms(text, terms);
  }
  for (const text of [c.chapter, c.section, row.authorName, row.organizationName]) {
    if (!text) continue;
    textTerms(text, terms);
    pinyinTerms(text, terms);
  }
  for (const text of [c.stage, c.grade, c.subject, c.edition, c.volume]) if (text) textTerms(text, terms);
  textTerms(row.description, terms);
  for (const { text } of moments) textTerms(text, terms);
  return terms;
}
