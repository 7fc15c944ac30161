import { z } from 'zod';
import type { Role } from './domain.ts';

/**
 * What is done in the office: at an organization, to what belongs to it. Lessons and resources have their own
 * actions in `permission.ts`; together they are the one permission table.
 */
export const OfficeAction = z.enum([
  'directory.see',
  'directory.edit',
  'person.see',
  'person.edit',
  'person.grant',
  'person.access',
  'classroom.pair',
  'roster.import',
  'roster.export',
  'term.see',
  'term.edit',
  'pairing.see',
  'pairing.edit',
  'pairing.approve',
  'timetable.see',
  'timetable.edit',
  'invitation.edit',
  'series.edit',
  'attendance.see',
  'alarm.see',
  'policy.edit',
  'audit.read',
  'audit.alarm',
]);
export type OfficeAction = z.infer<typeof OfficeAction>;

/** Where a role may act: at its own organization alone, or there and at every one below. */
export const OfficeScope = z.enum(['own', 'tree']);
export type OfficeScope = z.infer<typeof OfficeScope>;

/** Role × action × scope; deny by default. */
export const OFFICE_PERMISSIONS: Record<OfficeAction, Partial<Record<Role, OfficeScope>>> = {
  'directory.see': {
    administrator: 'tree',
    security: 'tree',
    auditor: 'tree',
    researcher: 'tree',
    operator: 'own',
    teacher: 'own',
    assistant: 'own',
  },
  'directory.edit': { administrator: 'tree' },
  /** Names and roles of colleagues; of pupils' accounts only who edits them. */
  'person.see': {
    administrator: 'tree',
    security: 'tree',
    researcher: 'tree',
    operator: 'own',
    teacher: 'own',
  },
  'person.edit': { administrator: 'tree' },
  'person.grant': { administrator: 'tree', security: 'tree' },
  /** A new password, switching off and on, ending sessions, a lost second factor. */
  'person.access': { administrator: 'tree', security: 'tree' },
  'classroom.pair': { administrator: 'tree', operator: 'own' },
  'roster.import': { administrator: 'tree' },
  'roster.export': { administrator: 'tree' },
  'term.see': {
    administrator: 'tree',
    researcher: 'tree',
    operator: 'own',
    teacher: 'own',
    assistant: 'own',
    student: 'own',
    classroom: 'own',
  },
  'term.edit': { administrator: 'tree' },
  'pairing.see': {
    administrator: 'tree',
    researcher: 'tree',
    operator: 'own',
    teacher: 'own',
    assistant: 'own',
  },
  'pairing.edit': { administrator: 'tree' },
  'pairing.approve': { administrator: 'tree' },
  'timetable.see': {
    administrator: 'tree',
    researcher: 'tree',
    operator: 'own',
    teacher: 'own',
    assistant: 'own',
    classroom: 'own',
  },
  'timetable.edit': { administrator: 'tree' },
  'invitation.edit': { administrator: 'tree', researcher: 'tree' },
  'series.edit': { administrator: 'tree', operator: 'own' },
  'attendance.see': { administrator: 'tree', researcher: 'tree' },
  'alarm.see': { administrator: 'tree', operator: 'own' },
  'policy.edit': { security: 'tree' },
  'audit.read': { auditor: 'tree' },
  /** That the audit cannot be written is seen by who can do something about it. */
  'audit.alarm': { administrator: 'tree', security: 'tree', auditor: 'tree' },
};

/** How far `role` may do `action`; null: nowhere. */
export const scopeOf = (role: Role, action: OfficeAction): OfficeScope | null =>
  OFFICE_PERMISSIONS[action][role] ?? null;

/** Who holds one of these holds none of the others. */
export const SEPARATE_ROLES: readonly Role[] = ['administrator', 'security', 'auditor'];
