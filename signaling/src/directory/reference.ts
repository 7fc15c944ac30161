import { sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { NewReferenceItem, ReferenceItem, ReferenceKey } from '#protocol/reference.ts';
import type { Actor } from '../audit/audit.ts';
import type { Database } from '../database/schema.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { LOCK_DIRECTORY, msOf, refuse } from './change.ts';

/** Stages, grades, subjects and textbook editions: the national lists (migration 0021), and what a bureau adds. */
export class Reference {
  readonly #parts: OfficeParts;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
  }

  /** All of them, in their order; archived ones too. */
  async list(): Promise<ReferenceItem[]> {
    const rows = await this.#parts.db
      .selectFrom('reference_item')
      .selectAll()
      .orderBy('kind')
      .orderBy('position')
      .orderBy('name')
      .execute();
    return rows.map(({ archived_at, ...row }) => ({ ...row, archivedAt: msOf(archived_at) }));
  }

  async add(actor: Actor, account: Account, item: z.output<typeof NewReferenceItem>): Promise<ReferenceItem> {
    const { db, office, audit } = this.#parts;
    await office.mustMay(account, 'directory.edit', account.organizationId);
    const stage = item.kind === 'grade' ? item.stage : null;
    const subject = item.kind === 'textbook' ? item.subject : '';
    await db.transaction().execute(async (trx) => {
      await sql.raw(LOCK_DIRECTORY).execute(trx);
      const all = await trx.selectFrom('reference_item').selectAll().execute();
      if (all.some((one) => one.kind === item.kind && one.name === item.name && one.subject === subject))
        throw refuse('name', 'taken', { by: item.name });
      if (stage !== null && !all.some(({ kind, name }) => kind === 'stage' && name === stage))
        throw refuse('stage', 'unknown');
      if (subject !== '' && !all.some(({ kind, name }) => kind === 'subject' && name === subject))
        throw refuse('subject', 'unknown');
      const position = Math.max(-1, ...all.map((one) => one.position)) + 1;
      await trx
        .insertInto('reference_item')
        .values({ kind: item.kind, name: item.name, stage, subject, position })
        .execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId: account.organizationId,
        object: { kind: 'reference', id: item.name },
        detail: { change: 'created', ...item },
      });
    });
    return await this.#find({ kind: item.kind, name: item.name, subject });
  }

  /** Takes it out of the choices, or puts it back; what has it keeps it. */
  async archive(
    actor: Actor,
    account: Account,
    key: z.output<typeof ReferenceKey>,
    gone: boolean,
  ): Promise<ReferenceItem> {
    const { db, office, audit } = this.#parts;
    await office.mustMay(account, 'directory.edit', account.organizationId);
    await this.#find(key);
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('reference_item')
        .set({ archived_at: gone ? new Date() : null })
        .where('kind', '=', key.kind)
        .where('name', '=', key.name)
        .where('subject', '=', key.subject)
        .execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId: account.organizationId,
        object: { kind: 'reference', id: key.name },
        detail: { change: gone ? 'archived' : 'restored', ...key },
      });
    });
    return await this.#find(key);
  }

  async #find({ kind, name, subject }: z.output<typeof ReferenceKey>): Promise<ReferenceItem> {
    const item = (await this.list()).find(
      (one) => one.kind === kind && one.name === name && one.subject === subject,
    );
    if (!item) throw new AppError('NOT_FOUND', 'no such reference item');
    return item;
  }
}

/** The stage of a grade of the list; null of others. */
export async function stageOf(trx: Transaction<Database>, grade: string): Promise<string | null> {
  const row = await trx
    .selectFrom('reference_item')
    .select('stage')
    .where('kind', '=', 'grade')
    .where('name', '=', grade)
    .executeTakeFirst();
  return row?.stage ?? null;
}
