import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { Id } from '#protocol/ids.ts';
import type { LessonChange } from '#protocol/timetable.ts';
import type { Db } from '../database/database.ts';

/** Writes one line of a lesson's history; `detail` as `what` needs it, see `LessonChange`. */
export async function note(
  trx: Db,
  lessonId: Id,
  byAccountId: Id,
  { what, detail }: Pick<LessonChange, 'what' | 'detail'>,
): Promise<void> {
  await trx
    .insertInto('lesson_change')
    .values({
      ...{ id: newId(), lesson_id: lessonId, at: new Date(), by_account_id: byAccountId, what },
      detail: JSON.stringify(detail),
    })
    .execute();
}

/** A lesson's history, oldest first. */
export async function historyOf(db: Db, lessonId: Id): Promise<LessonChange[]> {
  const rows = await db
    .selectFrom('lesson_change')
    .innerJoin('account', 'account.id', 'lesson_change.by_account_id')
    .select(['lesson_change.at', 'lesson_change.what', 'lesson_change.detail', 'account.name'])
    .where('lesson_id', '=', lessonId)
    .orderBy('at')
    .orderBy(sql`lesson_change.id`)
    .execute();
  return rows.map(({ at, what, detail, name }) => ({ at: at.getTime(), byName: name, what, detail }));
}
