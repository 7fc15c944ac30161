import type { Request } from 'express';
import type { Transaction } from 'kysely';
import type { AuditAction } from '#protocol/audit.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import { type Audit, actorOf } from './audit.ts';

/** Writes the line of a change in its own transaction, as the last thing that it does. */
export type Note = (trx: Transaction<Database>, organizationId: string | null) => Promise<void>;

/** The line of what a request changes; whose audit it stands in is known where it is changed. */
export const noteOf =
  (
    audit: Audit,
    request: Request,
    line: { action: AuditAction; object?: { kind: string; id: string }; detail?: Record<string, unknown> },
  ): Note =>
  (trx, organizationId) =>
    audit.within(trx, actorOf(request), { ...line, organizationId });

/** Whose a lesson is. */
export async function organizationOfLesson(db: Db, lessonId: string): Promise<string | null> {
  const row = await db
    .selectFrom('lesson')
    .select('organization_id')
    .where('id', '=', lessonId)
    .executeTakeFirst();
  return row?.organization_id ?? null;
}
