import type { Transaction } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import { refuse } from './change.ts';

/** Where a row belongs; null where there is none such. */
export async function placeOf(
  db: Db,
  table: 'classroom' | 'class_group' | 'course',
  id: Id,
): Promise<Id | null> {
  const row = await db
    .selectFrom(table as 'classroom')
    .select('organization_id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.organization_id ?? null;
}

/**
 * Two rooms, classes or courses of one place have different names.
 * @throws AppError FIELDS; also where the place is closed
 */
export async function mustBeFree(
  trx: Transaction<Database>,
  table: 'classroom' | 'class_group' | 'course',
  {
    name,
    organizationId,
    except,
    path,
  }: { name: string; organizationId: Id; except: Id | null; path: string },
): Promise<void> {
  const place = await trx
    .selectFrom('organization')
    .select('archived_at')
    .where('id', '=', organizationId)
    .executeTakeFirst();
  if (!place || place.archived_at !== null) throw refuse('organizationId', 'unknown');
  const column = table === 'course' ? 'title' : 'name';
  const twin = await trx
    .selectFrom(table as 'classroom')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where(column as 'name', '=', name)
    .where('archived_at', 'is', null)
    .$if(except !== null, (query) => query.where('id', '<>', except!))
    .executeTakeFirst();
  if (twin) throw refuse(path, 'taken', { by: name });
}
