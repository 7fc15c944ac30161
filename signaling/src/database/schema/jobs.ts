import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { ErrorCode } from '#protocol/errors.ts';
import type { JobKind, JobState } from '#protocol/export.ts';
import type { Moment, MomentOrNull } from '../schema.ts';

export interface JobTables {
  job: {
    id: string;
    kind: JobKind;
    /** Equal for requests that come to the same. */
    key: string;
    organization_id: string;
    resource_id: string | null;
    lesson_id: string | null;
    requested_by: string;
    request: JSONColumnType<object>;
    state: JobState;
    progress: Generated<number>;
    waiting: Generated<boolean>;
    error: ErrorCode | null;
    /** The queue's id of the run that counts; a run with another one is of yesterday. */
    queue_id: string;
    attempts: Generated<number>;
    result_key: string | null;
    result_bytes: ColumnType<number | null, number | null, number | null>;
    result_sha256: string | null;
    created_at: Moment;
    started_at: MomentOrNull;
    finished_at: MomentOrNull;
  };
}
