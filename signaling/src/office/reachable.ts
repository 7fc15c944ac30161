import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { type OfficeAction, scopeOf } from '#protocol/office.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from './office-access.ts';

/** Every organization at which `account` may do `action`; none when its role may do that nowhere. For lists. */
export async function reachable(
  db: Db,
  office: OfficeAccess,
  account: Account,
  action: OfficeAction,
): Promise<Set<Id>> {
  if (!scopeOf(account.role, action)) return new Set();
  const rows = await db
    .selectFrom('organization')
    .select('id')
    .where(office.where(account, action, 'organization.id'))
    .execute();
  return new Set(rows.map(({ id }) => id));
}
