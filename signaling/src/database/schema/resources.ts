import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Programme } from '#protocol/programme.ts';
import type { Licence, Reach, ResourceFile, ResourceKind, ResourceState } from '#protocol/resource.ts';
import type { Passed } from '#protocol/review.ts';
import type { Moment, MomentOrNull } from '../schema.ts';

type ProgrammeOrNull = ColumnType<Programme | null, string | null, string | null>;

export interface ResourceTables {
  resource: {
    id: string;
    organization_id: string;
    kind: ResourceKind;
    lesson_id: string | null;
    author_id: string;
    title: string;
    description: string;
    state: ResourceState;
    version: Generated<number>;
    stage: string | null;
    grade: string | null;
    subject: string | null;
    edition: string | null;
    volume: string | null;
    chapter: string | null;
    section: string | null;
    knowledge_points: JSONColumnType<string[]>;
    licence: Licence;
    reach: Reach;
    password_hash: string | null;
    starts_at: MomentOrNull;
    ends_at: MomentOrNull;
    programme: ProgrammeOrNull;
    duration_ms: number | null;
    plays: Generated<number>;
    created_at: Moment;
    updated_at: Moment;
    published_at: MomentOrNull;
    /** How far it was passed as it is now; what changes it begins anew. */
    passed: Generated<Passed>;
    /** Of the programme's hidden feeds those that nobody but a missing consent hides. */
    consent_hidden: ColumnType<string[], string | undefined, string>;
    /** In the bin since; from then on nobody finds it, and at `purge_at` it is deleted. */
    binned_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    purge_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    binned_by: ColumnType<string | null, string | null | undefined, string | null>;
    binned_why: ColumnType<string | null, string | null | undefined, string | null>;
    binned_from: ColumnType<ResourceState | null, ResourceState | null | undefined, ResourceState | null>;
  };
  /** A resource as it was at each version: its history, and what undo goes back to. */
  resource_version: {
    resource_id: string;
    version: number;
    state: ResourceState;
    title: string;
    programme: ProgrammeOrNull;
    by_account_id: string | null;
    at: Moment;
    /** What was done: `made`, `edited`, `catalogued`, or the state it was moved to. */
    what: string;
  };
  resource_file: {
    resource_id: string;
    role: ResourceFile['role'];
    blob_key: string;
    sha256: string;
    bytes: ColumnType<string, number, number>;
    mime: string;
  };
}
