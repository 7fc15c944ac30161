import type { ColumnType, JSONColumnType } from 'kysely';
import type { ErrorCode } from '#protocol/errors.ts';
import type { CatalogueMany, IntakeKind, IntakeNotice, IntakeState } from '#protocol/intake.ts';
import type { ResourceKind } from '#protocol/resource.ts';
import type { Moment } from '../schema.ts';

/** Which bytes of a known content its second sender has to show. */
export interface Challenge {
  nonce: string;
  fromByte: number;
  toByte: number;
}

export interface IntakeTables {
  /** A file on its way into the library. */
  intake: {
    id: string;
    organization_id: string;
    account_id: string;
    name: string;
    bytes: ColumnType<string, number, number>;
    /** Of the whole content; what its sender claims until it was looked into. */
    sha256: string | null;
    state: IntakeState;
    kind: IntakeKind | null;
    failure: ErrorCode | null;
    notices: JSONColumnType<IntakeNotice[]>;
    progress: number;
    /** What its sender wrote about it before there was a resource. */
    fields: JSONColumnType<Omit<CatalogueMany, 'intakeIds'>>;
    prove: ColumnType<Challenge | null, string | null, string | null>;
    /** What a package would do, row by row. */
    report: ColumnType<unknown, string | null, string | null>;
    resource_id: string | null;
    created_at: Moment;
    touched_at: Moment;
  };
  /** What was harvestable once and is no row any more: harvesters are told that it was deleted. */
  harvest_tombstone: {
    resource_id: string;
    organization_id: string;
    kind: ResourceKind;
    subject: string | null;
    at: Moment;
  };
}
