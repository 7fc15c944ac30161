import { type SqlBool, sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { OfficeAction } from '#protocol/office.ts';
import type { OfficeAccess } from '../office/office-access.ts';

/**
 * The condition that a `lesson` is one of the account's schools: taught there, or had there from another school.
 * @throws AppError FORBIDDEN when its role may not do `action` anywhere.
 */
export const lessonsOfMine = (office: OfficeAccess, account: Account, action: OfficeAction) =>
  sql<SqlBool>`(${office.where(account, action, 'lesson.organization_id')} or exists (
    select from lesson_remote own_remote join classroom own_room on own_room.id = own_remote.classroom_id
    where own_remote.lesson_id = lesson.id and ${office.where(account, action, 'own_room.organization_id')}))`;
