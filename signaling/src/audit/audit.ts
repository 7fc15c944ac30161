import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { sql } from 'kysely';
import type { AuditAction, AuditResult } from '#protocol/audit.ts';
import type { Account } from '#protocol/domain.ts';
import type { Db } from '../database/database.ts';

/** Who acted, and where from. */
export interface Actor {
  account: Account | null;
  /** The network address of the request; empty for the server itself. */
  address: string;
}

export interface AuditEvent {
  action: AuditAction;
  result?: AuditResult;
  /** Whose audit it stands in: the organization of what it was done to. */
  organizationId: string | null;
  object?: { kind: string; id: string };
  /** What else is worth knowing; never a password, a token or a key. */
  detail?: Record<string, unknown>;
}

/** Before the first row. */
const BEGINNING = '';

/** The log of who did what, hash-chained; times are the server's. */
export class Audit {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Written when this resolves. */
  async write({ account, address }: Actor, event: AuditEvent): Promise<void> {
    const { action, result = 'ok', organizationId, object, detail = {} } = event;
    await this.#db.transaction().execute(async (trx) => {
      // One row after the other, however many processes write.
      await sql`select pg_advisory_xact_lock(7301)`.execute(trx);
      const last = await trx
        .selectFrom('audit_entry')
        .select(['seq', 'hash'])
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      const row = {
        seq: Number(last?.seq ?? 0) + 1,
        at: new Date(),
        account_id: account?.accountId ?? null,
        account_name: account?.name ?? '',
        role: account?.role ?? null,
        organization_id: organizationId,
        action,
        object_kind: object?.kind ?? null,
        object_id: object?.id ?? null,
        result,
        address,
        detail: JSON.stringify(detail),
        previous_hash: last?.hash ?? BEGINNING,
      };
      await trx
        .insertInto('audit_entry')
        .values({ ...row, hash: hashOfRow(row) })
        .execute();
    });
  }
}

/** What a row's hash is made of: all of it, in this order. */
function hashOfRow(row: { at: Date } & Record<string, unknown>): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries({ ...row, at: row.at.toISOString() }).sort()))
    .digest('base64url');
}

/** Who makes a request. */
export const actorOf = (request: Request): Actor => ({
  account: request.res?.locals.account ?? null,
  address: request.ip ?? '',
});
