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

/** The one lesson that the screen is about: the one that runs, else the next that can still be held. */
export function currentLesson<T extends { lesson: Timed }>(lessons: readonly T[], now: number): T | null {
  return (
    lessons.find(({ lesson }) => lesson.state === 'live') ??
    lessons.find(({ lesson }) => isRunning(lesson)) ??
    lessons.find(({ lesson }) => !isOver(lesson) && !wasMissed(lesson, now)) ??
    null
  );
}

/** The room goes in without a touch: the bell has rung, the server has opened, and nobody here has left it. */
export const entersByItself = (
  lesson: Timed & Pick<Lesson, 'lessonId' | 'autoOpen'>,
  now: number,
  entered: ReadonlySet<string>,
): boolean =>
  lesson.autoOpen && isRunning(lesson) && now >= lesson.plannedStart && !entered.has(lesson.lessonId);

/** How far the rooms of a lesson are, for who looks at the timetable. */
export function howReady(rooms: readonly RoomReadiness[]): { all: boolean; missing: RoomReadiness[] } {
  const missing = rooms.filter(({ presence }) => presence === 'away');
  return { all: missing.length === 0, missing };
}
