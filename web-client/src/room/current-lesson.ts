import type { Lesson } from '#protocol/domain.ts';
import { type RoomReadiness, SHOWN_BEFORE_MS } from '#protocol/room-screen.ts';

const MINUTE_MS = 60_000;
/** A minute longer, so that the screen is asked often when the lesson turns large. */
const NEAR_MS = SHOWN_BEFORE_MS + MINUTE_MS;

type Timed = Pick<Lesson, 'state' | 'plannedStart' | 'plannedEnd'>;

export const isOver = ({ state }: Pick<Lesson, 'state'>): boolean => state === 'ended' || state === 'ready';
export const isRunning = ({ state }: Pick<Lesson, 'state'>): boolean => state === 'open' || state === 'live';

/** Nobody opened it, and its time is past. */
export const wasMissed = ({ state, plannedEnd }: Timed, now: number): boolean =>
  state === 'scheduled' && now >= plannedEnd;

/** Running, or its bell is near: partner rooms are watched. */
export const isNear = (lesson: Timed, now: number): boolean =>
  isRunning(lesson) ||
  (lesson.state === 'scheduled' && lesson.plannedStart - now <= NEAR_MS && now < lesson.plannedEnd);

/** It fills the screen and can be entered with one tap. */
export const isShown = (lesson: Timed, now: number): boolean =>
  isRunning(lesson) ||
  (lesson.state === 'scheduled' && lesson.plannedStart - now <= SHOWN_BEFORE_MS && now < lesson.plannedEnd);

/**
 * The one lesson that the screen is about: the one that runs, else the next that can still be held. One that runs past
 * its end gives way when the bell of the next has rung: nobody may have thought of ending it.
 */
export function currentLesson<T extends { lesson: Timed }>(lessons: readonly T[], now: number): T | null {
  const first = (wanted: (lesson: Timed) => boolean) => lessons.find(({ lesson }) => wanted(lesson)) ?? null;
  const inTime = ({ plannedEnd }: Timed) => now < plannedEnd;
  const waits = (lesson: Timed) => lesson.state === 'scheduled' && inTime(lesson);
  return (
    first((lesson) => lesson.state === 'live' && inTime(lesson)) ??
    first((lesson) => isRunning(lesson) && inTime(lesson)) ??
    first((lesson) => waits(lesson) && now >= lesson.plannedStart) ??
    first((lesson) => lesson.state === 'live') ??
    first(isRunning) ??
    first(waits)
  );
}

/** Whose bell has rung while the room sits in `lessonId`; none while that one has time left itself. */
export function nextDue<T extends { lesson: Timed & Pick<Lesson, 'lessonId'> }>(
  lessons: readonly T[],
  lessonId: string,
  now: number,
): T | null {
  const here = lessons.find(({ lesson }) => lesson.lessonId === lessonId)?.lesson;
  if (here && !isOver(here) && now < here.plannedEnd) return null;
  const due = lessons.filter(
    ({ lesson }) =>
      lesson.lessonId !== lessonId &&
      !isOver(lesson) &&
      now >= lesson.plannedStart &&
      now < lesson.plannedEnd,
  );
  return currentLesson(due, now);
}

/** What the page knows of where the room has been. */
export interface Been {
  /** Into which lessons it was brought since it was opened: whoever leaves one is not taken back at once. */
  entered: ReadonlySet<string>;
  /** The lesson in which this machine was when its browser ended; null: in none. */
  inside: string | null;
  /** The platform says that the room was lost from this lesson. */
  lost: boolean;
}

/**
 * The room goes in without a touch: the bell has rung, the server has opened, and nobody here has left it; or it was in
 * there already and lost its power.
 */
export function entersByItself(
  lesson: Timed & Pick<Lesson, 'lessonId' | 'autoOpen'>,
  now: number,
  { entered, inside, lost }: Been,
): boolean {
  if (!isRunning(lesson) || entered.has(lesson.lessonId)) return false;
  if (lost || lesson.lessonId === inside) return true;
  return lesson.autoOpen && now >= lesson.plannedStart;
}

/** Who teaches has better to do than to read of a missing room all lesson long. */
const TOLD_MS = 10 * MINUTE_MS;

/** Whom a side of a lesson misses from a minute after the bell on: the teacher's side the rooms, a room the teacher's. */
export function absentRooms(
  rooms: readonly RoomReadiness[],
  presents: boolean,
  { plannedStart, plannedEnd }: Pick<Lesson, 'plannedStart' | 'plannedEnd'>,
  now: number,
): RoomReadiness[] {
  const until = presents ? Math.min(plannedStart + TOLD_MS, plannedEnd) : plannedEnd;
  if (now < plannedStart + MINUTE_MS || now >= until) return [];
  return rooms.filter(({ presence, isMaster }) => presence !== 'inLesson' && isMaster !== presents);
}

/** How far the rooms of a lesson are, for who looks at the timetable. */
export function howReady(rooms: readonly RoomReadiness[]): { all: boolean; missing: RoomReadiness[] } {
  const missing = rooms.filter(({ presence }) => presence === 'away' || presence === 'elsewhere');
  return { all: missing.length === 0, missing };
}
