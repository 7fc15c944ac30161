import { type SqlBool, sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { OfficeAction } from '#protocol/office.ts';
import type { OfficeAccess } from '../office/office-access.ts';

/**
 * The condition that a `lesson` is one of the account's schools: taught there, or had there from another school.
 * @throws AppError FORBIDDEN when its role may not do `action` anywhere.
 */
export const lessonsOfMine = (office: OfficeAccess, account: Account, action: OfficeAction) =>
  // Not "exists": the tree of organizations would be walked again for each lesson.
  sql<SqlBool>`(${office.where(account, action, 'lesson.organization_id')} or lesson.id in (
    select own_remote.lesson_id from lesson_remote own_remote
    join classroom own_room on own_room.id = own_remote.classroom_id
    where ${office.where(account, action, 'own_room.organization_id')}))`;
