import { expect, test } from '@jest/globals';
import type { Lesson, LessonState } from '#protocol/domain.ts';
import { actionsOf, type LessonRole } from '#protocol/permission.ts';
import { demoLesson, inOrder, mayOpenDesk, nextLesson, offerOf } from './lesson-offer.ts';

const room = { accountId: 'r', name: 'room', organizationName: 'school', classGroupName: null, period: null };
const lesson = (
  state: LessonState,
  role: LessonRole,
  plannedStart = 0,
  replayMs: number | null = null,
): Lesson => ({
  lessonId: `${state}-${plannedStart}`,
  courseId: 'c',
  mode: 'delivery',
  state,
  title: 'title',
  subject: 'subject',
  grade: 'grade',
  period: null,
  plannedStart,
  plannedEnd: plannedStart + 1,
  actualStart: null,
  actualEnd: null,
  teacherName: 'teacher',
  masterClassroom: room,
  remoteClassrooms: [room],
  partners: [room],
  week: null,
  cancelled: null,
  autoOpen: false,
  substituteFor: null,
  version: 1,
  organizationName: 'school',
  replayMs,
  may: actionsOf(role),
  role,
  helpsAccountId: null,
});

test('whoever may be in the room enters it until the bell, and watches the replay afterwards', () => {
  for (const role of ['presenter', 'remote', 'assistant', 'observer', 'operator', 'administrator'] as const) {
    const entrance = role === 'operator' ? 'desk' : 'enter';
    expect(offerOf(lesson('scheduled', role))).toBe(entrance);
    expect(offerOf(lesson('live', role))).toBe(entrance);
    expect(mayOpenDesk(lesson('live', role))).toBe(role === 'administrator');
    expect(offerOf(lesson('ended', role))).toBe('replay');
    expect(offerOf(lesson('ready', role, 0, 1000))).toBe('replay');
  }
});

test('a viewer waits, watches live, and replays', () => {
  expect(offerOf(lesson('scheduled', 'viewer'))).toBe('nothing');
  expect(offerOf(lesson('live', 'viewer'))).toBe('watchLive');
  expect(offerOf(lesson('ended', 'viewer'))).toBe('replay');
});

test('nothing is offered where nothing was recorded, nor to a stranger', () => {
  expect(offerOf(lesson('ready', 'presenter'))).toBe('nothing');
  expect(offerOf(lesson('live', 'stranger'))).toBe('nothing');
});

test('lessons still to be held come first; the running one is next', () => {
  const ended = lesson('ready', 'viewer', 1);
  const later = lesson('scheduled', 'viewer', 3);
  const live = lesson('live', 'viewer', 4);
  expect(inOrder([ended, later, live])).toEqual([later, live, ended]);
  expect(nextLesson([ended, later, live])).toBe(live);
  expect(nextLesson([ended])).toBeNull();
});

test('the demo is offered for the first lesson that nobody holds yet, to those who may', () => {
  const live = lesson('live', 'remote', 1);
  const first = lesson('scheduled', 'remote', 2);
  expect(demoLesson([lesson('scheduled', 'remote', 3), first, live])).toBe(first);
  expect(demoLesson([live])).toBeNull();
  expect(demoLesson([lesson('scheduled', 'viewer', 2)])).toBeNull();
});
