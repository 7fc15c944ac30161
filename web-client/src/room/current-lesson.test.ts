import { expect, test } from '@jest/globals';
import type { LessonState } from '#protocol/domain.ts';
import type { RoomReadiness } from '#protocol/room-screen.ts';
import { absentRooms, currentLesson, entersByItself, isShown, nextDue, wasMissed } from './current-lesson.ts';

const MINUTE = 60_000;
const BELL = 1_000 * MINUTE;
const lesson = (state: LessonState, start = BELL, autoOpen = false) => ({
  lessonId: `${state} ${start}`,
  state,
  plannedStart: start,
  plannedEnd: start + 40 * MINUTE,
  autoOpen,
});
const nameOf = (found: { lesson: { lessonId: string } } | null) => found?.lesson.lessonId ?? null;
const all = (...lessons: ReturnType<typeof lesson>[]) => lessons.map((each) => ({ lesson: each }));

test('a lesson is large from ten minutes before the bell until its end', () => {
  const next = lesson('scheduled');
  const shown = (at: number) => isShown(next, at);
  expect([BELL - 11 * MINUTE, BELL - 10 * MINUTE, BELL + 39 * MINUTE, BELL + 40 * MINUTE].map(shown)).toEqual(
    [false, true, true, false],
  );
  expect(isShown(lesson('live'), BELL + 50 * MINUTE)).toBe(true);
});

test('what runs comes before what is next; what is over or was missed is neither', () => {
  const before = lesson('ready', BELL - 60 * MINUTE);
  const missed = lesson('scheduled', BELL - 50 * MINUTE);
  const next = lesson('scheduled');
  expect(nameOf(currentLesson(all(before, missed, next), BELL - 5 * MINUTE))).toBe(next.lessonId);
  const running = lesson('live', BELL + MINUTE);
  expect(nameOf(currentLesson(all(next, running), BELL + 5 * MINUTE))).toBe(running.lessonId);
  expect(currentLesson(all(before, missed), BELL)).toBeNull();
  expect(wasMissed(missed, BELL)).toBe(true);
});

test('one that nobody ended gives way when the next bell rings, not before', () => {
  const overrun = lesson('live', BELL - 50 * MINUTE);
  const next = lesson('scheduled');
  expect(nameOf(currentLesson(all(overrun, next), BELL - 1))).toBe(overrun.lessonId);
  expect(nameOf(currentLesson(all(overrun, next), BELL))).toBe(next.lessonId);
  const opened = lesson('open');
  expect(nameOf(currentLesson(all(overrun, opened), BELL + MINUTE))).toBe(opened.lessonId);
  const dueIn = (at: number) => nameOf(nextDue(all(overrun, opened), overrun.lessonId, at));
  expect([dueIn(BELL - 1), dueIn(BELL)]).toEqual([null, opened.lessonId]);
  // Two that were planned at the same time: who sits in one is left alone.
  const beside = lesson('live', BELL - MINUTE);
  expect(nextDue(all(beside, opened), beside.lessonId, BELL + MINUTE)).toBeNull();
});

test('the room goes in by itself at the bell, once, and only where the timetable says so', () => {
  const open = lesson('open', BELL, true);
  const nowhere = { entered: new Set<string>(), inside: null, lost: false };
  expect(entersByItself(open, BELL - 1, nowhere)).toBe(false);
  expect(entersByItself(open, BELL, nowhere)).toBe(true);
  expect(entersByItself(open, BELL, { ...nowhere, entered: new Set([open.lessonId]) })).toBe(false);
  expect(entersByItself(lesson('scheduled', BELL, true), BELL, nowhere)).toBe(false);
  expect(entersByItself(lesson('open'), BELL, nowhere)).toBe(false);
});

test('a room that lost its power in a lesson comes back into it, until it is over', () => {
  const live = lesson('live');
  const back = { entered: new Set<string>(), inside: live.lessonId, lost: false };
  expect(entersByItself(live, BELL + MINUTE, back)).toBe(true);
  expect(entersByItself({ ...live, state: 'ended' }, BELL + MINUTE, back)).toBe(false);
  const other = lesson('live', BELL + MINUTE);
  expect(entersByItself(other, BELL + MINUTE, back)).toBe(false);
  // Another machine of the room, or one that forgot: the platform knows, too.
  expect(entersByItself(other, BELL + MINUTE, { ...back, lost: true })).toBe(true);
});

test('from a minute after the bell on each side is told whom it misses', () => {
  const room = (isMaster: boolean, presence: RoomReadiness['presence']) =>
    ({ isMaster, presence }) as RoomReadiness;
  const missed = (presents: boolean, at: number, presence: RoomReadiness['presence'] = 'away') =>
    absentRooms([room(true, presence), room(false, presence)], presents, lesson('open'), at).map(
      ({ isMaster }) => isMaster,
    );
  expect(missed(true, BELL + MINUTE - 1)).toEqual([]);
  expect([missed(true, BELL + MINUTE), missed(false, BELL + MINUTE)]).toEqual([[false], [true]]);
  expect([missed(true, BELL + 10 * MINUTE), missed(false, BELL + 10 * MINUTE)]).toEqual([[], [true]]);
  expect(missed(false, BELL + 40 * MINUTE)).toEqual([]);
  expect(missed(true, BELL + MINUTE, 'inLesson')).toEqual([]);
});
