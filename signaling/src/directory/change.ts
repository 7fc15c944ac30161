import type { Transaction } from 'kysely';
import { AppError, type FieldError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import { overtaken } from '../office/overtaken.ts';

/** What of the directory can be changed by two at once. */
export type VersionedTable = 'organization' | 'account' | 'classroom' | 'class_group' | 'course';

const OBJECT: Record<VersionedTable, string> = {
  organization: 'organization',
  account: 'person',
  classroom: 'classroom',
  class_group: 'classGroup',
  course: 'course',
};

/** How the audit names a row. */
export const objectOf = (table: VersionedTable, id: Id) => ({ kind: OBJECT[table], id });

/** Counts the row's version up. @throws AppError OVERTAKEN when it is no longer the `version` that was seen. */
export async function step(
  trx: Transaction<Database>,
  table: VersionedTable,
  id: Id,
  version: number,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable(table as 'organization')
    .set({ version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw await overtaken(trx as Db, objectOf(table, id));
}

export const refuse = (path: string, issue: FieldError['issue'], values?: FieldError['values']): AppError =>
  new AppError('FIELDS', `${path}: ${issue}`, { fields: [{ path, issue, ...(values && { values }) }] });

/** Turns the refusal of a unique index into one beside its field. */
export async function beside<T>(paths: Record<string, string>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const { code, constraint } = thrown as { code?: unknown; constraint?: unknown };
    const path = code === '23505' ? paths[String(constraint)] : undefined;
    throw path ? refuse(path, 'taken') : thrown;
  }
}

/** Changes of the tree and of names in it happen one after the other, in all processes. */
const DIRECTORY_LOCK = 7302;
export const LOCK_DIRECTORY = `select pg_advisory_xact_lock(${DIRECTORY_LOCK})`;

export const msOf = (at: Date | string | null): number | null =>
  at === null ? null : new Date(at).getTime();

/** What is searched for, as a pattern of LIKE. */
export const likeOf = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;
