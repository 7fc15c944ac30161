import { AppError } from '#protocol/errors.ts';
import type { Db } from '../database/database.ts';

/**
 * The refusal of a change to a row that somebody changed meanwhile; says by whom and when, as far as the audit knows.
 * A page reads `values.by` and `values.at` (wall ms) of the field `version`.
 */
export async function overtaken(db: Db, object: { kind: string; id: string }): Promise<AppError> {
  const last = await db
    .selectFrom('audit_entry')
    .select(['account_name', 'at'])
    .where('object_kind', '=', object.kind)
    .where('object_id', '=', object.id)
    .where('result', '=', 'ok')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return new AppError('OVERTAKEN', `${object.kind} ${object.id} was changed meanwhile`, {
    fields: [
      {
        path: 'version',
        issue: 'conflict',
        values: last ? { by: last.account_name, at: new Date(last.at).getTime() } : {},
      },
    ],
  });
}
