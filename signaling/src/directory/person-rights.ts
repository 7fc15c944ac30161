import { type SqlBool, sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { OfficeAction } from '#protocol/office.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from '../office/office-access.ts';

/**
 * Who of `ids` is wholly in the hands of `account`: the home and every role lies where it may do `action`. A school's
 * administrator has no power over a colleague who is somebody at the bureau too.
 */
export async function inHands(
  db: Db,
  office: OfficeAccess,
  account: Account,
  action: OfficeAction,
  ids: readonly Id[],
): Promise<Set<Id>> {
  const home = office.where(account, action, 'a.organization_id');
  const elsewhere = office.where(account, action, 'r.organization_id');
  const rows = await db
    .selectFrom('account as a')
    .select('a.id')
    .where('a.id', 'in', ids)
    .where('a.kind', '=', 'person')
    .where(home)
    .where(
      sql<SqlBool>`not exists (select 1 from account_role r where r.account_id = a.id and not (${elsewhere}))`,
    )
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** @throws AppError FORBIDDEN when the role may that nowhere, NOT_FOUND when not with this person. */
export async function mustHandle(
  db: Db,
  office: OfficeAccess,
  account: Account,
  action: OfficeAction,
  accountId: Id,
): Promise<void> {
  if (!(await inHands(db, office, account, action, [accountId])).has(accountId))
    throw new AppError('NOT_FOUND', 'no such person');
}
