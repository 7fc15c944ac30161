import type { ColumnType, JSONColumnType } from 'kysely';
import type { Moment } from '../schema.ts';

export interface AuditTables {
  audit_entry: {
    seq: ColumnType<number, number, never>;
    /** Written once, however often it was tried. */
    id: string;
    at: Moment;
    account_id: string | null;
    /** As they were called then. */
    account_name: string;
    role: string | null;
    /** Whose audit it stands in: the organization of what it was done to. */
    organization_id: string | null;
    action: string;
    object_kind: string | null;
    object_id: string | null;
    result: 'ok' | 'refused' | 'failed';
    address: string;
    detail: JSONColumnType<object>;
    previous_hash: string;
    hash: string;
  };
}
