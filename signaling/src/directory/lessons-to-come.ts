import { sql, type Transaction } from 'kysely';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { Database } from '../database/schema.ts';

const COLUMNS = {
  classroom: sql`(l.master_classroom_id = id.id or exists (
    select 1 from lesson_remote r where r.lesson_id = l.id and r.classroom_id = id.id))`,
  class_group: sql`(l.master_class_group_id = id.id or exists (
    select 1 from lesson_remote r where r.lesson_id = l.id and r.class_group_id = id.id))`,
  course: sql`l.course_id = id.id`,
} as const;

/**
 * What has lessons to come is not closed: they would be held where nobody is.
 * @throws AppError IN_USE with the count
 */
export async function mustHaveNoLessons(
  trx: Transaction<Database>,
  table: keyof typeof COLUMNS,
  id: Id,
): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from lesson l, (select ${id}::text as id) id
    where l.state = 'scheduled' and l.cancelled_at is null and l.planned_end > now() and ${COLUMNS[table]}`.execute(
    trx,
  );
  const { count } = rows[0]!;
  if (count > 0)
    throw new AppError('IN_USE', 'it has lessons to come', {
      fields: [{ path: 'lessons', issue: 'conflict', values: { count } }],
    });
}
