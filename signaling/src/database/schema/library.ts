import type { ColumnType, JSONColumnType } from 'kysely';
import type { ResourceKind } from '#protocol/resource.ts';
import type { MomentSource } from '#protocol/search.ts';
import type { Moment, MomentOrNull } from '../schema.ts';

export interface LibraryTables {
  /** A published resource as it is searched. What is not here is found by nobody. */
  search_entry: {
    resource_id: string;
    organization_id: string;
    author_id: string;
    course_id: string | null;
    /** Who may find it (`library/audience.ts`). */
    audience: string;
    starts_at: MomentOrNull;
    ends_at: MomentOrNull;
    published_at: Moment;
    plays: number;
    kind: ResourceKind;
    stage: string | null;
    grade: string | null;
    subject: string | null;
    edition: string | null;
    volume: string | null;
    chapter: string | null;
    section: string | null;
    knowledge_points: JSONColumnType<string[]>;
    /** Folded, for ranking: title, knowledge points, chapter and section; the title's pinyin. */
    title: string;
    points: string;
    places: string;
    initials: string;
    pinyin: string;
    /** A tsvector, written as the array of its lexemes. */
    terms: ColumnType<never, never, never>;
  };
  /** A place of a resource that a search can jump to. `at_ms` is programme time; a document's has a page instead. */
  search_moment: {
    resource_id: string;
    source: MomentSource;
    at_ms: number | null;
    page: number | null;
    text: string;
    folded: string;
  };
  /** The text of a document's pages: of courseware, or of a resource that is a document. */
  page_text: {
    document_id: string | null;
    resource_id: string | null;
    pages: JSONColumnType<string[]>;
  };
  /** What is to be indexed anew. Filled by triggers. */
  search_dirty: { resource_id: string; at: Moment };
  favourite: { account_id: string; resource_id: string; organization_id: string; at: Moment };
  playlist: {
    id: string;
    organization_id: string;
    owner_id: string;
    title: string;
    description: string;
    /** Whether who has its address may open it. */
    shared: boolean;
    removed_at: MomentOrNull;
    created_at: Moment;
    updated_at: Moment;
  };
  playlist_item: { playlist_id: string; resource_id: string; position: number };
  play_day: { resource_id: string; viewer: string; day: string };
}
