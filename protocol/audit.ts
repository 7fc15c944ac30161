import { z } from 'zod';

/** What stands in the audit. Reading is noted only where it opens what is not everybody's: a replay, an export. */
export const AuditAction = z.enum([
  'signIn.opened',
  'signIn.failed',
  'signIn.locked',
  'signIn.ended',
  'access.password',
  'access.secondFactor',
  'access.disabled',
  'access.enabled',
  'access.identityLinked',
  'device.paired',
  'device.revoked',
  'grant.given',
  'grant.taken',
  'directory.changed',
  'person.changed',
  'roster.imported',
  'roster.exported',
  'table.exported',
  'term.changed',
  'pairing.changed',
  'timetable.changed',
  'invitation.changed',
  'series.changed',
  'setting.changed',
  'lesson.joined',
  'lesson.moved',
  'lesson.recorded',
  'replay.viewed',
  'resource.exported',
  'resource.deleted',
  'resource.published',
  'consent.changed',
  'audit.exported',
]);
export type AuditAction = z.infer<typeof AuditAction>;

export const AuditResult = z.enum(['ok', 'refused', 'failed']);
export type AuditResult = z.infer<typeof AuditResult>;
