import { z } from 'zod';
import { Id, WallMs } from './ids.ts';
import type { EventType, TimelineEvent } from './timeline.ts';

/*
 * Who was in a lesson, from when to when, and whether it was held: 应开, 实开, 开课率. All of it is worked out from the
 * lesson's timeline and its plan each time it is asked for; nothing of it is stored.
 */

/** The share of its planned time that a lesson must last, and its two sides be there together, to count as held. */
export const HELD_SHARE = 0.5;

/** The few event types that attendance follows from. */
export const PRESENCE_TYPES = [
  'lesson.started',
  'lesson.ended',
  'participant.joined',
  'participant.away',
  'participant.back',
  'participant.left',
] as const satisfies readonly EventType[];
type PresenceType = (typeof PRESENCE_TYPES)[number];

/** What attendance needs of an event: small, because reports read a term's. */
export interface PresenceEvent {
  at: WallMs;
  type: PresenceType;
  participantId: Id | null;
  /** Set when somebody joined. */
  accountId: Id | null;
}

export interface AttendancePlan {
  plannedStart: WallMs;
  plannedEnd: WallMs;
  /** Either of them is the teacher's side. */
  teacherId: Id;
  masterClassroomId: Id;
  remoteClassroomIds: readonly Id[];
  cancelled: boolean;
}

/** A stretch of wall time, `[from, to)`. */
export const Stretch = z.object({ from: WallMs, to: WallMs });
export type Stretch = z.infer<typeof Stretch>;

/** Who was there when, as the timeline tells it. Stretches that still go on end at the moment of looking. */
export interface Presence {
  startedAt: WallMs | null;
  endedAt: WallMs | null;
  there: ReadonlyMap<Id, readonly Stretch[]>;
  /** Who is there at the moment of looking. */
  here: ReadonlySet<Id>;
}

/**
 * `held` 已开; of those that should have been: `tooShort` 时间不够, `apart` 两边没有同时在, `notStarted` 没开; not counted
 * as planned: `cancelled` 已取消, `running` 正在上, `planned` 还没到.
 */
export const Verdict = z.enum(['held', 'tooShort', 'apart', 'notStarted', 'cancelled', 'running', 'planned']);
export type Verdict = z.infer<typeof Verdict>;
/** Counted in 应开. */
export const DUE_VERDICTS: readonly Verdict[] = ['held', 'tooShort', 'apart', 'notStarted'];

export const RoomAttendance = z.object({
  accountId: Id,
  /** The first time it was there, also before the bell; null: never. */
  firstJoin: WallMs.nullable(),
  lastLeave: WallMs.nullable(),
  /** How long it was there between the actual start and end. */
  presentMs: z.number().nonnegative(),
  /** After the planned start; 0 when in time. */
  lateMs: z.number().nonnegative(),
  /** Before the end, the planned or the actual one, whichever was first. */
  leftEarlyMs: z.number().nonnegative(),
  /** How long it and the teacher's side were there together; for the teacher's side, it and any remote room. */
  togetherMs: z.number().nonnegative(),
});
export type RoomAttendance = z.infer<typeof RoomAttendance>;

export const Attendance = z.object({
  verdict: Verdict,
  startedAt: WallMs.nullable(),
  endedAt: WallMs.nullable(),
  /** From the actual start to the end, or until now. */
  lastedMs: z.number().nonnegative(),
  /** The teacher, from wherever, and the master classroom, as one. */
  teacherSide: RoomAttendance,
  /** The planned remote rooms, in the plan's order. */
  rooms: z.array(RoomAttendance),
});
export type Attendance = z.infer<typeof Attendance>;

const isPresence = (type: EventType): type is PresenceType =>
  (PRESENCE_TYPES as readonly EventType[]).includes(type);

/** The part of an event that attendance reads; null for all others. */
export function presenceEventOf({ at, body }: Pick<TimelineEvent, 'at' | 'body'>): PresenceEvent | null {
  if (!isPresence(body.type)) return null;
  switch (body.type) {
    case 'participant.joined': {
      const { participantId, accountId } = body.participant;
      return { at, type: body.type, participantId, accountId };
    }
    case 'participant.away':
    case 'participant.back':
    case 'participant.left':
      return { at, type: body.type, participantId: body.participantId, accountId: null };
    default:
      return { at, type: body.type as PresenceType, participantId: null, accountId: null };
  }
}

/** From a lesson's events, in their order; those of other types are passed over before (`presenceEventOf`). */
export function presenceOf(events: readonly PresenceEvent[], now: WallMs): Presence {
  const accounts = new Map<Id, Id>();
  const since = new Map<Id, WallMs>();
  const there = new Map<Id, Stretch[]>();
  let startedAt: WallMs | null = null;
  let endedAt: WallMs | null = null;
  const leave = (accountId: Id, at: WallMs) => {
    const from = since.get(accountId);
    if (from === undefined) return;
    since.delete(accountId);
    if (at > from) there.set(accountId, [...(there.get(accountId) ?? []), { from, to: at }]);
  };
  for (const { at, type, participantId, accountId } of events) {
    if (participantId && accountId) accounts.set(participantId, accountId);
    const who = participantId ? accounts.get(participantId) : undefined;
    switch (type) {
      case 'lesson.started':
        startedAt ??= at;
        break;
      case 'lesson.ended':
        endedAt = at;
        for (const each of [...since.keys()]) leave(each, at);
        break;
      case 'participant.joined':
      case 'participant.back':
        if (who && !since.has(who)) since.set(who, at);
        break;
      case 'participant.away':
      case 'participant.left':
        if (who) leave(who, at);
        break;
    }
  }
  const here = new Set(since.keys());
  for (const each of here) leave(each, now);
  return { startedAt, endedAt, there, here };
}

/** A lesson's attendance at the moment `now`: the written rule of 实开 (`docs/domain.md`). */
export function attendanceOf(presence: Presence, plan: AttendancePlan, now: WallMs): Attendance {
  const { startedAt, endedAt } = presence;
  const held: Stretch | null =
    startedAt === null ? null : { from: startedAt, to: Math.max(startedAt, endedAt ?? now) };
  const teaching = teacherStretches(presence, plan);
  const remote = plan.remoteClassroomIds.map((id) => presence.there.get(id) ?? []);
  const anyRemote = union(remote.flat());
  const sheet = (
    accountId: Id,
    stretches: readonly Stretch[],
    others: readonly Stretch[],
  ): RoomAttendance => {
    const first = stretches[0]?.from ?? null;
    const last = stretches.at(-1)?.to ?? null;
    const due = Math.min(plan.plannedEnd, endedAt ?? plan.plannedEnd);
    return {
      accountId,
      firstJoin: first,
      lastLeave: last,
      presentMs: held ? lengthOf(within(stretches, held)) : 0,
      lateMs: first === null ? 0 : Math.max(0, first - plan.plannedStart),
      leftEarlyMs: held && last !== null && last > held.from && last < now ? Math.max(0, due - last) : 0,
      togetherMs: held ? lengthOf(within(both(stretches, others), held)) : 0,
    };
  };
  const teacherSide = sheet(plan.masterClassroomId, teaching, anyRemote);
  const lastedMs = held ? held.to - held.from : 0;
  return {
    verdict: verdictOf({ presence, plan, now, lastedMs, teacherSide }),
    startedAt,
    endedAt,
    lastedMs,
    teacherSide,
    rooms: plan.remoteClassroomIds.map((id, index) => sheet(id, remote[index]!, teaching)),
  };
}

/** Whether ONE remote room had the lesson: the lesson was held, and the room was in it for its share. */
export const hadBy = ({ verdict }: Attendance, room: RoomAttendance, plan: AttendancePlan): boolean =>
  verdict === 'held' && room.togetherMs >= needed(plan);

/** When the teacher's side was there: the teacher or the master classroom. */
export function teacherStretches({ there }: Presence, plan: AttendancePlan): Stretch[] {
  return union([...(there.get(plan.teacherId) ?? []), ...(there.get(plan.masterClassroomId) ?? [])]);
}

export const teacherHere = ({ here }: Presence, plan: AttendancePlan): boolean =>
  here.has(plan.teacherId) || here.has(plan.masterClassroomId);

interface Facts {
  presence: Presence;
  plan: AttendancePlan;
  now: WallMs;
  lastedMs: number;
  teacherSide: RoomAttendance;
}

function verdictOf({ presence, plan, now, lastedMs, teacherSide }: Facts): Verdict {
  if (presence.startedAt === null) {
    if (plan.cancelled) return 'cancelled';
    return now < plan.plannedEnd ? 'planned' : 'notStarted';
  }
  if (presence.endedAt === null) return 'running';
  if (lastedMs < needed(plan)) return 'tooShort';
  // A lesson that nobody follows from a room of its own is the teacher's side alone.
  const together = plan.remoteClassroomIds.length > 0 ? teacherSide.togetherMs : teacherSide.presentMs;
  return together >= needed(plan) ? 'held' : 'apart';
}

const needed = ({ plannedStart, plannedEnd }: AttendancePlan): number =>
  (plannedEnd - plannedStart) * HELD_SHARE;

const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);

const within = (stretches: readonly Stretch[], { from, to }: Stretch): Stretch[] =>
  stretches
    .map((each) => ({ from: Math.max(each.from, from), to: Math.min(each.to, to) }))
    .filter((each) => each.to > each.from);

const both = (some: readonly Stretch[], others: readonly Stretch[]): Stretch[] =>
  some.flatMap((each) => within(others, each));

/** The same time, each moment once, in order. */
function union(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const each of stretches.toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last && each.from <= last.to) last.to = Math.max(last.to, each.to);
    else joined.push({ ...each });
  }
  return joined;
}
