import type { Transaction } from 'kysely';
import type { RoleAt } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { SEPARATE_ROLES } from '#protocol/office.ts';
import type { Actor, Audit } from '../audit/audit.ts';
import type { Database } from '../database/schema.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { objectOf, refuse } from './change.ts';

const keyOf = ({ role, organizationId }: RoleAt): string => `${role} ${organizationId}`;

/** Whether nobody would be both of two roles that exclude each other. */
export const mayHoldTogether = (roles: readonly { role: string }[]): boolean =>
  new Set(
    roles.filter(({ role }) => (SEPARATE_ROLES as readonly string[]).includes(role)).map(({ role }) => role),
  ).size <= 1;

export interface RoleChange {
  given: RoleAt[];
  taken: RoleAt[];
}

/** What would change; each role once. */
export function differenceOf(before: readonly RoleAt[], after: readonly RoleAt[]): RoleChange {
  const wanted = new Map(after.map((one) => [keyOf(one), one]));
  const held = new Set(before.map(keyOf));
  return {
    given: [...wanted.values()].filter((one) => !held.has(keyOf(one))),
    taken: before.filter((one) => !wanted.has(keyOf(one))),
  };
}

/**
 * Who may change a person's roles: not the person, and only roles at organizations where one grants.
 * @throws AppError FIELDS, NOT_FOUND, FORBIDDEN
 */
export async function mustGrant(
  office: OfficeAccess,
  account: Account,
  accountId: Id | null,
  { given, taken }: RoleChange,
  after: readonly RoleAt[],
): Promise<void> {
  if (given.length + taken.length === 0) return;
  if (accountId === account.accountId) throw refuse('roles', 'own');
  if (!mayHoldTogether(after)) throw refuse('roles', 'separate');
  const places = new Set([...given, ...taken].map(({ organizationId }) => organizationId));
  for (const place of places) await office.mustMay(account, 'person.grant', place);
}

/** Writes the change and what the audit says of it. */
export async function applyRoles(
  trx: Transaction<Database>,
  audit: Audit,
  actor: Actor,
  accountId: Id,
  { given, taken }: RoleChange,
): Promise<void> {
  for (const { role, organizationId } of taken)
    await trx
      .deleteFrom('account_role')
      .where('account_id', '=', accountId)
      .where('role', '=', role)
      .where('organization_id', '=', organizationId)
      .execute();
  for (const { role, organizationId } of given)
    await trx
      .insertInto('account_role')
      .values({
        account_id: accountId,
        role,
        organization_id: organizationId,
        granted_by: actor.account?.accountId ?? null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  // Whoever made a link to a new password for this person had power over what they were, not over what they become.
  if (given.length > 0)
    await trx
      .deleteFrom('one_time_link')
      .where('account_id', '=', accountId)
      .where('created_by', 'is distinct from', actor.account?.accountId ?? null)
      .execute();
  for (const [action, changed] of [
    ['grant.taken', taken],
    ['grant.given', given],
  ] as const)
    for (const { role, organizationId } of changed)
      await audit.within(trx, actor, {
        action,
        organizationId,
        object: objectOf('account', accountId),
        detail: { role },
      });
}
