import type { ColumnType, JSONColumnType } from 'kysely';
import type { ConsentScope } from '#protocol/consent.ts';
import type { LessonMode } from '#protocol/domain.ts';
import type { Licence, Reach, ResourceKind } from '#protocol/resource.ts';
import type { RetentionRule } from '#protocol/retention.ts';
import type { Moment, MomentOrNull } from '../schema.ts';

/** What a deleted resource was made of: where a proof of its deletion has to look. */
export interface Traces {
  /** Recordings that went with it, or stayed because another resource shows them. */
  recordingIds: string[];
  /** Folders of the store, and single keys. */
  places: string[];
}

export interface ReviewTables {
  resource_promise: {
    resource_id: string;
    /** The version that submitting made. */
    version: number;
    account_id: string;
    name: string;
    text_version: string;
    reach: Reach;
    licence: Licence;
    at: Moment;
  };
  /** What was said with a move; who and when stands with the version. */
  resource_decision: {
    resource_id: string;
    version: number;
    level: 'author' | 'school' | 'bureau';
    note: string;
  };
  review_remark: {
    id: string;
    resource_id: string;
    recording_id: string | null;
    /** In that recording's lesson time, so that it keeps its place when the programme is cut; else in the file's. */
    at_ms: number | null;
    text: string;
    by_account_id: string;
    at: Moment;
    done_at: MomentOrNull;
  };
  class_consent: {
    id: string;
    organization_id: string;
    class_group_id: string;
    scope: ConsentScope;
    note: string;
    recorded_by: string;
    recorded_at: Moment;
  };
  live_stream: {
    lesson_id: string;
    enabled: boolean;
    delay_seconds: number;
    approved_by: string | null;
    approved_at: MomentOrNull;
    stopped_by: string | null;
    stopped_at: MomentOrNull;
  };
  retention_rule: {
    organization_id: string;
    mode: LessonMode;
    months: number | null;
    then_do: RetentionRule['after'];
    set_by: string;
    set_at: Moment;
  };
  retention_notice: {
    resource_id: string;
    warned_at: MomentOrNull;
    kept_until: MomentOrNull;
    kept_by: string | null;
  };
  resource_tombstone: {
    resource_id: string;
    organization_id: string;
    kind: ResourceKind;
    title: string;
    lesson_id: string | null;
    traces: JSONColumnType<Traces>;
    by_account_id: string | null;
    why: string;
    deleted_at: ColumnType<Date, Date, never>;
  };
}
