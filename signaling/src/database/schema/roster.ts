import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { ErrorCode } from '#protocol/errors.ts';
import type {
  RosterChange,
  RosterCounts,
  RosterFate,
  RosterFile,
  RosterKind,
  RosterMissing,
  RosterProblem,
} from '#protocol/roster.ts';
import type { Moment } from '../schema.ts';

type MomentLater = Generated<Date | null>;

export interface RosterTables {
  roster_import: {
    id: string;
    /** Below which everything in it is. */
    organization_id: string;
    created_by: string;
    created_at: Moment;
    expires_at: Moment;
    state: 'receiving' | 'planned' | 'applied';
    missing: Generated<RosterMissing>;
    busy: Generated<'plan' | 'apply' | null>;
    /** Pushed on while somebody works at it; passed: they are gone. */
    busy_until: MomentLater;
    done: Generated<number>;
    total: Generated<number>;
    failure: Generated<ErrorCode | null>;
    counts: ColumnType<RosterCounts | null, string | null | undefined, string | null>;
    /** Of the plan that was shown: it is done as it was shown, or not at all. */
    digest: Generated<string | null>;
    applied_at: MomentLater;
  };
  roster_file: {
    import_id: string;
    name: string;
    kind: RosterKind | null;
    encoding: string;
    problems: JSONColumnType<RosterFile['problems']>;
    row_count: number;
    rows: Uint8Array;
    position: number;
  };
  roster_row: {
    import_id: string;
    seq: number;
    file: string;
    line: number;
    kind: RosterKind;
    sourced_id: string;
    label: string;
    fate: RosterFate;
    changes: JSONColumnType<RosterChange[]>;
    problems: JSONColumnType<RosterProblem[]>;
    original: string | null;
  };
}
