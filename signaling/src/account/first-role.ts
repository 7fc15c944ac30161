import { type Expression, sql } from 'kysely';
import type { Role } from '#protocol/domain.ts';

/** Everyday work first: who also administers switches for it. */
const ORDER: readonly Role[] = [
  'teacher',
  'assistant',
  'operator',
  'researcher',
  'student',
  'classroom',
  'administrator',
  'security',
  'auditor',
];

/**
 * The order of an account's roles: those at its own organization first. Both are references, such as `ar` and
 * `account`.
 */
export const roleOrder = (role: string, account: string): Expression<unknown> => {
  const column = (table: string, name: string) => sql.ref(`${table}.${name}`);
  const names = sql.join(ORDER.map((name) => sql.lit(name)));
  return sql`${column(role, 'organization_id')} <> ${column(account, 'organization_id')},
    array_position(array[${names}]::text[], ${column(role, 'role')}), ${column(role, 'organization_id')}`;
};
