import type { Transaction } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LessonChange } from '#protocol/timetable.ts';
import type { Actor, Audit } from '../audit/audit.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import { tellOfLesson } from '../notice/lesson-news.ts';
import { pictureOf } from '../notice/lesson-picture.ts';
import { overtaken } from '../office/overtaken.ts';
import type { ClashParts } from './clashes.ts';
import { note } from './lesson-history.ts';

export interface DeskParts extends ClashParts {
  audit: Audit;
}

export interface Change extends Pick<LessonChange, 'what' | 'detail'> {
  /** Columns of `lesson`. */
  set: Record<string, unknown>;
}

/** @throws AppError NOT_FOUND */
export async function lessonRow(db: Db, lessonId: Id) {
  return await db
    .selectFrom('lesson')
    .selectAll()
    .where('id', '=', lessonId)
    .executeTakeFirstOrThrow(() => new AppError('NOT_FOUND', 'no such lesson'));
}

export type LessonRow = Awaited<ReturnType<typeof lessonRow>>;

/** Writes a change, its line in the lesson's history and in the audit, and tells whom it concerns: all or nothing. */
export async function writeChange(
  { db, audit }: DeskParts,
  actor: Actor & { account: Account },
  lessonId: Id,
  version: number,
  { set, what, detail }: Change,
  further?: (trx: Transaction<Database>) => Promise<void>,
): Promise<void> {
  const done = await db.transaction().execute(async (trx) => {
    const before = await pictureOf(trx, lessonId);
    const row = await trx
      .updateTable('lesson')
      .set(({ eb }) => ({
        ...set,
        ...{ version: eb('version', '+', 1), changed_by_hand: true, changed_at: new Date() },
      }))
      .where('id', '=', lessonId)
      .where('version', '=', version)
      .where('state', '=', 'scheduled')
      .where('cancelled_at', what === 'restored' ? 'is not' : 'is', null)
      .returning('organization_id')
      .executeTakeFirst();
    if (!row) return false;
    await further?.(trx);
    await tellOfLesson(trx, lessonId, actor.account.accountId, before);
    await note(trx, lessonId, actor.account.accountId, { what, detail });
    await audit.within(trx, actor, {
      action: 'timetable.changed',
      organizationId: row.organization_id,
      object: { kind: 'lesson', id: lessonId },
      detail: { what, ...detail },
    });
    return true;
  });
  if (done) return;
  const now = await lessonRow(db, lessonId);
  if (now.version !== version) throw await overtaken(db, { kind: 'lesson', id: lessonId });
  if (now.cancelled_at !== null) throw new AppError('LESSON_CANCELLED', 'the lesson is called off');
  throw new AppError('WRONG_STATE', `a lesson that is ${now.state} cannot be ${what}`);
}
