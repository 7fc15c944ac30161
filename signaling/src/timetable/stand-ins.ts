import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { partnersOf } from './plan-check.ts';

interface LessonRow {
  id: Id;
  organization_id: Id;
  teacher_id: Id;
  substitute_for: Id | null;
}

/** The lesson's own teachers, and those of `ids` that work at one of its schools or at one within reach. */
export async function teachersFor(
  db: Db,
  account: Account,
  lesson: LessonRow,
  ids: readonly Id[],
): Promise<Map<Id, string>> {
  const { id: lessonId, teacher_id, substitute_for, organization_id } = lesson;
  const known = [teacher_id, ...(substitute_for === null ? [] : [substitute_for])];
  const rows = await db
    .selectFrom('account')
    .select(['id', 'name'])
    .where('kind', '=', 'person')
    .where((eb) =>
      eb.or([
        eb('id', 'in', known),
        ...(ids.length === 0
          ? []
          : [
              eb.and([
                eb('id', 'in', [...ids]),
                sql<boolean>`exists (select from account_role r where r.account_id = account.id
                  and r.role <> 'student' and r.organization_id in (
                    select id from ${partnersOf(account, organization_id)} reach
                    union select ${organization_id}::text
                    union select room.organization_id from lesson_remote remote
                      join classroom room on room.id = remote.classroom_id
                      where remote.lesson_id = ${lessonId}))`,
              ]),
            ]),
      ]),
    )
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
