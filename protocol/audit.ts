import { z } from 'zod';
import { Day } from './calendar.ts';
import { Role } from './domain.ts';
import { WallMs } from './ids.ts';
import { TableQuery } from './table.ts';

/*
 *   GET /api/audit?search=&action=&result=&from=&to=&page=   tablePage(AuditEntry)   (newest first; who may `audit.read`);
 *       with `format` all that was found, as a file, which stands in the audit itself
 *   GET /api/audit/chain             AuditChain   (whether all rows are as they were written)
 *   GET /api/audit/alarm             AuditAlarm   (who may `audit.alarm`: whether the audit can be written)
 */

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
  'access.refused',
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
  'audit.pruned',
  'database.backedUp',
  'database.restored',
]);
export type AuditAction = z.infer<typeof AuditAction>;

export const AuditResult = z.enum(['ok', 'refused', 'failed']);
export type AuditResult = z.infer<typeof AuditResult>;

/**
 * What goes on when its line cannot be written at once: the line waits in a file and follows. A lesson never waits for
 * the audit, and without signing in nobody could mend it. Everything else is refused with AUDIT_FAILED.
 */
const GOES_ON: readonly AuditAction[] = [
  'signIn.opened',
  'signIn.failed',
  'signIn.locked',
  'signIn.ended',
  'access.refused',
  'lesson.joined',
  'lesson.moved',
  'lesson.recorded',
  'replay.viewed',
];
export const goesOnUnaudited = (action: AuditAction): boolean => GOES_ON.includes(action);

/** `search` is part of a name; newest first, whatever `sort` says. */
export const AuditQuery = TableQuery.extend({
  action: AuditAction.optional(),
  result: AuditResult.optional(),
  /** Days of the school's calendar, both included. */
  from: Day.optional(),
  to: Day.optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

export const AuditEntry = z.object({
  /** Its number in the whole log, which an auditor of a part of it sees gaps in. */
  seq: z.number().int().positive(),
  at: WallMs,
  /** As they were called then; empty: the platform itself, or nobody that it knows. */
  accountName: z.string(),
  role: Role.nullable(),
  organizationName: z.string().nullable(),
  action: AuditAction,
  result: AuditResult,
  /** What it was done to; the name as it is now, null when it is gone or has none. */
  object: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
  address: z.string(),
  detail: z.record(z.string(), z.unknown()),
  /** What those are called now whose ids stand in the detail. */
  names: z.record(z.string(), z.string()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** What is wrong with the log, and where. */
export const AuditProblem = z.discriminatedUnion('kind', [
  /** The row is not as it was written. */
  z.object({ kind: z.literal('changed'), seq: z.number().int() }),
  /** Rows that were there are not: the first and the last of them. */
  z.object({ kind: z.literal('missing'), from: z.number().int(), to: z.number().int() }),
  /** The row does not follow on the one before it: that one was exchanged, or this one was put in or moved. */
  z.object({ kind: z.literal('misplaced'), seq: z.number().int() }),
  /** The row is another one than stood here when its hash was kept outside of the database. */
  z.object({ kind: z.literal('exchanged'), seq: z.number().int() }),
  /** The newest rows are gone: these were there once. */
  z.object({ kind: z.literal('cutOff'), from: z.number().int(), to: z.number().int() }),
]);
export type AuditProblem = z.infer<typeof AuditProblem>;

export const AuditChain = z.object({
  whole: z.boolean(),
  rows: z.number().int().nonnegative(),
  /** The newest row, to be written down elsewhere; null: there is none. */
  newest: z.object({ seq: z.number().int(), hash: z.string() }).nullable(),
  /** The first of them, at most 20. */
  problems: z.array(AuditProblem),
  checkedAt: WallMs,
});
export type AuditChain = z.infer<typeof AuditChain>;

/** Set while lines cannot be written. */
export const AuditAlarm = z.object({
  alarm: z.object({ since: WallMs, waiting: z.number().int().nonnegative() }).nullable(),
});
export type AuditAlarm = z.infer<typeof AuditAlarm>;
