import { z } from 'zod';
import { type AttendancePlan, type Presence, type Stretch, teacherStretches } from './attendance.ts';
import { LessonMode } from './domain.ts';
import { Id, WallMs } from './ids.ts';

/*
 * What goes wrong with a lesson while it should be held. Alarms are worked out from the plan, the timeline and the
 * time; none is stored, so none is forgotten and none stays when its reason is gone.
 *
 *   GET    /api/now                          NowBoard   (today's lessons of one's schools)
 *   GET    /api/now/count                    AlarmCount (for the badge)
 */

/** A room, or the teacher, may be this late or this long away before anybody is alarmed. */
export const ABSENT_AFTER_MS = 60_000;
/** After the bell. */
export const NOT_STARTED_AFTER_MS = 3 * 60_000;
/** After the planned end. */
export const OVERRAN_AFTER_MS = 5 * 60_000;
/** A lesson is about to begin. */
export const SOON_MS = 10 * 60_000;

/** 接收教室没到, 老师没到, 没有按时上课, 拖堂. */
export const AlarmKind = z.enum(['roomAbsent', 'teacherAbsent', 'notStarted', 'overran']);
export type AlarmKind = z.infer<typeof AlarmKind>;

export const Alarm = z.object({
  kind: AlarmKind,
  /** The room that it is about; null: the lesson. */
  accountId: Id.nullable(),
  from: WallMs,
  /** When its reason was gone; null: it still stands. */
  to: WallMs.nullable(),
});
export type Alarm = z.infer<typeof Alarm>;

/** All alarms that a lesson has had until `now`, in order of time. */
export function alarmsOf(presence: Presence, plan: AttendancePlan, now: WallMs): Alarm[] {
  const { startedAt, endedAt } = presence;
  if (plan.cancelled && startedAt === null) return [];
  // Without a start nobody is waited for after the planned end.
  const open = endedAt === null && (startedAt !== null || now < plan.plannedEnd);
  const end = endedAt ?? (open ? now : plan.plannedEnd);
  const missing = (kind: AlarmKind, stretches: readonly Stretch[], accountId: Id | null) =>
    gaps(stretches, { from: plan.plannedStart, to: end }).flatMap(({ from, to }) =>
      alarm({ kind, accountId, from: from + ABSENT_AFTER_MS, to, stands: open && to === end }),
    );
  const ofLesson = (kind: AlarmKind, from: WallMs, to: WallMs, stands: boolean) =>
    alarm({ kind, accountId: null, from, to, stands });
  return [
    ...missing('teacherAbsent', teacherStretches(presence, plan), null),
    ...plan.remoteClassroomIds.flatMap((id) => missing('roomAbsent', presence.there.get(id) ?? [], id)),
    ...ofLesson(
      'notStarted',
      plan.plannedStart + NOT_STARTED_AFTER_MS,
      startedAt ?? end,
      open && startedAt === null,
    ),
    ...(startedAt === null ? [] : ofLesson('overran', plan.plannedEnd + OVERRAN_AFTER_MS, end, open)),
  ].sort((one, other) => one.from - other.from);
}

/** None where the reason was gone before anybody was to be alarmed. */
function alarm({ stands, to, ...rest }: Omit<Alarm, 'to'> & { to: WallMs; stands: boolean }): Alarm[] {
  if (stands) return rest.from <= to ? [{ ...rest, to: null }] : [];
  return rest.from < to ? [{ ...rest, to }] : [];
}

/** What of `whole` no stretch covers; they are in order and do not overlap. */
function gaps(stretches: readonly Stretch[], whole: Stretch): Stretch[] {
  const open: Stretch[] = [];
  let from = whole.from;
  for (const each of stretches) {
    if (each.from > from) open.push({ from, to: Math.min(each.from, whole.to) });
    from = Math.max(from, each.to);
  }
  if (from < whole.to) open.push({ from, to: whole.to });
  return open.filter(({ from, to }) => to > from);
}

/** Where a lesson of today stands. */
export const NowState = z.enum(['planned', 'soon', 'due', 'running', 'over', 'missed', 'cancelled']);
export type NowState = z.infer<typeof NowState>;

export function nowStateOf({ startedAt, endedAt }: Presence, plan: AttendancePlan, now: WallMs): NowState {
  if (endedAt !== null) return 'over';
  if (startedAt !== null) return 'running';
  if (plan.cancelled) return 'cancelled';
  if (now >= plan.plannedEnd) return 'missed';
  if (now >= plan.plannedStart) return 'due';
  return now >= plan.plannedStart - SOON_MS ? 'soon' : 'planned';
}

export const NowRoom = z.object({
  accountId: Id,
  name: z.string(),
  organizationName: z.string(),
  part: z.enum(['master', 'remote']),
  /** Of its school, or of the school that it belongs to; empty: not known. */
  phone: z.string(),
  /** In the lesson's room at this moment; of the master classroom also when the teacher is. */
  here: z.boolean(),
});
export type NowRoom = z.infer<typeof NowRoom>;

export const NowLesson = z.object({
  lessonId: Id,
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  mode: LessonMode,
  period: z.number().int().nullable(),
  plannedStart: WallMs,
  plannedEnd: WallMs,
  startedAt: WallMs.nullable(),
  endedAt: WallMs.nullable(),
  teacherName: z.string(),
  state: NowState,
  cancelReason: z.string().nullable(),
  rooms: z.array(NowRoom),
  /** Those that stand and those that are over. */
  alarms: z.array(Alarm),
});
export type NowLesson = z.infer<typeof NowLesson>;

export const NowBoard = z.object({
  /** The server's clock, by which all of this is true. */
  now: WallMs,
  lessons: z.array(NowLesson),
});
export type NowBoard = z.infer<typeof NowBoard>;

export const AlarmCount = z.object({
  /** Lessons with an alarm that stands. */
  trouble: z.number().int(),
  running: z.number().int(),
});
export type AlarmCount = z.infer<typeof AlarmCount>;
