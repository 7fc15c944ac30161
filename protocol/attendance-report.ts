import { z } from 'zod';
import { DUE_VERDICTS, RoomAttendance, Stretch, Verdict } from './attendance.ts';
import { Day } from './calendar.ts';
import { LessonMode } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { TableFormat } from './table.ts';

/*
 * 应开, 实开, 开课率 by school, subject, week and mode, and the lessons behind each number.
 *
 *   GET    /api/attendance/report?…          AttendanceQuery → AttendanceReport
 *   GET    /api/attendance/lessons?…         AttendanceQuery → AttendanceLines
 *   GET    /api/attendance/lessons/:id       LessonSheet
 *   GET    /api/attendance/export?table=&format=&…   AttendanceExport → a file   a file
 */

/** What a lesson counts as in one number of a report: in 应开, in 实开, in 应开 but not held, called off, still ahead. */
export const Outcome = z.enum(['due', 'held', 'missed', 'cancelled', 'ahead']);
export type Outcome = z.infer<typeof Outcome>;

/** `had`: whether the lesson was held for whom it is counted, a school's own room included. */
export function countsAs(outcome: Outcome, verdict: Verdict, had: boolean): boolean {
  const due = DUE_VERDICTS.includes(verdict);
  switch (outcome) {
    case 'due':
      return due;
    case 'held':
      return had;
    case 'missed':
      return due && !had;
    case 'cancelled':
      return verdict === 'cancelled';
    case 'ahead':
      return !due && verdict !== 'cancelled';
  }
}

/** Days are the school's; both belong to the range. */
export const AttendanceQuery = z.object({
  from: Day,
  to: Day,
  organizationId: Id.optional(),
  /** Whether the school taught it or had it from another one; without: both. */
  side: z.enum(['master', 'remote']).optional(),
  subject: z.string().max(64).optional(),
  mode: LessonMode.optional(),
  /** The Monday of a week. */
  week: Day.optional(),
  outcome: Outcome.optional(),
});
export type AttendanceQuery = z.infer<typeof AttendanceQuery>;

export const AttendanceExport = AttendanceQuery.extend({
  table: z.enum(['lessons', 'schools', 'subjects', 'weeks', 'modes']),
  format: TableFormat,
});
export type AttendanceExport = z.infer<typeof AttendanceExport>;

/** How many lessons came to what. 应开 is `due`, 实开 `held`; what was cancelled with a reason is in neither. */
export const AttendanceCount = z.object({
  due: z.number().int(),
  held: z.number().int(),
  cancelled: z.number().int(),
  /** Still to come, or being held. */
  ahead: z.number().int(),
});
export type AttendanceCount = z.infer<typeof AttendanceCount>;

/** 开课率: null where nothing was due yet. */
export const rateOf = ({ due, held }: AttendanceCount): number | null => (due === 0 ? null : held / due);

export const SchoolCount = z.object({
  organizationId: Id,
  name: z.string(),
  /** Lessons that the school teaches. */
  master: AttendanceCount,
  /** Lessons that its rooms have from another school; held where its own room was there. */
  remote: AttendanceCount,
});
export type SchoolCount = z.infer<typeof SchoolCount>;

export const AttendanceReport = z.object({
  from: Day,
  to: Day,
  total: AttendanceCount,
  schools: z.array(SchoolCount),
  subjects: z.array(AttendanceCount.extend({ subject: z.string() })),
  /** By the Monday of each week. */
  weeks: z.array(AttendanceCount.extend({ monday: Day })),
  modes: z.array(AttendanceCount.extend({ mode: LessonMode })),
});
export type AttendanceReport = z.infer<typeof AttendanceReport>;

/** One lesson of a report. */
export const AttendanceLine = z.object({
  lessonId: Id,
  day: Day,
  monday: Day,
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  mode: LessonMode,
  period: z.number().int().nullable(),
  plannedStart: WallMs,
  plannedEnd: WallMs,
  teacherName: z.string(),
  organizationName: z.string(),
  remoteNames: z.array(z.string()),
  verdict: Verdict,
  /** Whether it counts as held; with `side: remote`, for that school's own room. */
  had: z.boolean(),
  startedAt: WallMs.nullable(),
  endedAt: WallMs.nullable(),
  cancelReason: z.string().nullable(),
});
export type AttendanceLine = z.infer<typeof AttendanceLine>;

/** At most the first thousand, in order of time; `total` says how many there are. */
export const AttendanceLines = z.object({ total: z.number().int(), lessons: z.array(AttendanceLine) });
export type AttendanceLines = z.infer<typeof AttendanceLines>;

/** A lesson with its rooms: planned and actual. */
export const LessonSheet = AttendanceLine.extend({
  lastedMs: z.number().nonnegative(),
  rooms: z.array(
    RoomAttendance.extend({
      name: z.string(),
      organizationName: z.string(),
      classGroupName: z.string().nullable(),
      part: z.enum(['master', 'remote']),
      had: z.boolean(),
      stretches: z.array(Stretch),
    }),
  ),
});
export type LessonSheet = z.infer<typeof LessonSheet>;
