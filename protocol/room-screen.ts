import { z } from 'zod';
import { Lesson } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { LessonStanding } from './notice.ts';
import { Light } from './quality.ts';

/*
 * The screen of a classroom between its lessons, and whether the rooms of a lesson are ready.
 *
 *   GET    /api/room/screen                 RoomScreen         (for a classroom)
 *   POST   /api/room/here                   → RoomScreen       (every HERE_MS: this room's screen is on)
 *   GET    /api/readiness?lessons=id,id     LessonReadiness[]  (at most MAX_READINESS; of lessons that may be seen)
 *
 * socket.io namespace `/room`, by the session cookie: nothing is said on it; that it is cut tells the screen at
 * once that its device was revoked.
 */
export const ROOM_NAMESPACE = '/room';

export const HERE_MS = 20_000;
/** Two missed in a row: the room's screen is off. */
export const GONE_MS = 2.5 * HERE_MS;
export const MAX_READINESS = 20;
/** From when on before the bell the screen shows the lesson large. */
export const SHOWN_BEFORE_MS = 10 * 60_000;

/** How far a room is: 未到, 已就绪, 还在上别的课, 在课堂里. */
export const RoomPresence = z.enum(['away', 'ready', 'elsewhere', 'inLesson']);
export type RoomPresence = z.infer<typeof RoomPresence>;

export const RoomReadiness = z.object({
  accountId: Id,
  name: z.string(),
  organizationName: z.string(),
  classGroupName: z.string().nullable(),
  /** By this school's own bells; null where it has none for the lesson. */
  period: z.number().int().nullable(),
  isMaster: z.boolean(),
  presence: RoomPresence,
  /** Of its school, or of the school that it belongs to; empty: not known. */
  phone: z.string(),
  /** What its last check came to; null: not checked. */
  light: Light.nullable(),
});
export type RoomReadiness = z.infer<typeof RoomReadiness>;

export const LessonReadiness = z.object({ lessonId: Id, rooms: z.array(RoomReadiness) });
export type LessonReadiness = z.infer<typeof LessonReadiness>;

export const RoomLesson = z.object({
  lesson: Lesson,
  /** The lesson's rooms, the master classroom first; this room is one of them. */
  rooms: z.array(RoomReadiness),
  /** This room was in it and its line was lost for good: nobody took it out. */
  lost: z.boolean(),
});
export type RoomLesson = z.infer<typeof RoomLesson>;

/** What has changed of a lesson of today, for who stands before the screen. */
export const RoomNews = z.object({
  noticeId: Id,
  subject: z.string(),
  was: LessonStanding.nullable(),
  now: LessonStanding.nullable(),
});
export type RoomNews = z.infer<typeof RoomNews>;

export const RoomScreen = z.object({
  serverNow: WallMs,
  /** IANA name, by which the school's clock goes. */
  timeZone: z.string(),
  accountId: Id,
  name: z.string(),
  organizationName: z.string(),
  /** Today's, cancelled ones left out, by time. */
  lessons: z.array(RoomLesson),
  /** The newest first. */
  news: z.array(RoomNews),
  /** The first lesson after today. */
  next: z.object({ title: z.string(), subject: z.string(), plannedStart: WallMs }).nullable(),
});
export type RoomScreen = z.infer<typeof RoomScreen>;

/** Ids with commas between them. */
export const ReadinessQuery = z.object({
  lessons: z
    .string()
    .max(1_000)
    .transform((list) => list.split(',').filter(Boolean))
    .pipe(z.array(Id).max(MAX_READINESS)),
});
