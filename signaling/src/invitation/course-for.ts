import { newId } from '#platform/ids.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';

/** The organization's course of a subject and grade, to which a lesson outside the timetable belongs; made when there is none. */
export async function courseFor(
  trx: Db,
  { organizationId, subject, grade }: { organizationId: Id; subject: string; grade: string },
): Promise<Id> {
  const known = await trx
    .selectFrom('course')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('subject', '=', subject)
    .where('grade', '=', grade)
    .where('archived_at', 'is', null)
    .orderBy('title')
    .limit(1)
    .executeTakeFirst();
  if (known) return known.id;
  const id = newId();
  await trx
    .insertInto('course')
    .values({ id, organization_id: organizationId, title: `${subject} ${grade}`, subject, grade })
    .execute();
  return id;
}
