import { describe, expect, test } from '@jest/globals';
import { alarmsOf, nowStateOf } from './alarm.ts';
import {
  type AttendancePlan,
  attendanceOf,
  hadBy,
  type PresenceEvent,
  presenceEventOf,
  presenceOf,
} from './attendance.ts';

const MINUTE = 60_000;
/** The bell; minutes of the tests count from it. */
const BELL = 1_790_000_000_000;
const at = (minute: number) => BELL + minute * MINUTE;

const PLAN: AttendancePlan = {
  plannedStart: at(0),
  plannedEnd: at(40),
  teacherId: 'teacher',
  masterClassroomId: 'master',
  remoteClassroomIds: ['village', 'valley'],
  cancelled: false,
};
const ALONE: AttendancePlan = { ...PLAN, remoteClassroomIds: [] };

type Line = [minute: number, type: PresenceEvent['type'], who?: string];
const events = (...lines: Line[]): PresenceEvent[] =>
  lines.map(([minute, type, who]) => ({
    at: at(minute),
    type,
    participantId: who ? `p-${who}` : null,
    accountId: who && type === 'participant.joined' ? who : null,
  }));
const joined = (minute: number, who: string): Line => [minute, 'participant.joined', who];
const started = (minute: number): Line => [minute, 'lesson.started'];
const ended = (minute: number): Line => [minute, 'lesson.ended'];

function look(now: number, lines: Line[], plan = PLAN) {
  const presence = presenceOf(events(...lines), at(now));
  const attendance = attendanceOf(presence, plan, at(now));
  return { presence, attendance, alarms: alarmsOf(presence, plan, at(now)) };
}
const alarmsAt = (now: number, lines: Line[], plan = PLAN) =>
  look(now, lines, plan).alarms.map(({ kind, accountId, from, to }) => [
    kind,
    accountId,
    (from - BELL) / MINUTE,
    to === null ? null : (to - BELL) / MINUTE,
  ]);

const USUAL = [joined(-2, 'master'), joined(-1, 'village'), joined(0, 'valley'), started(0), ended(40)];

describe('attendance', () => {
  test('tells when each room came, how long it was there and how long together', () => {
    const { attendance } = look(120, [
      joined(-2, 'master'),
      started(1),
      joined(4, 'village'),
      [20, 'participant.away', 'village'],
      [22, 'participant.back', 'village'],
      [35, 'participant.left', 'village'],
      ended(41),
    ]);
    expect(attendance).toMatchObject({ verdict: 'held', startedAt: at(1), endedAt: at(41) });
    expect(attendance.lastedMs).toBe(40 * MINUTE);
    expect(attendance.teacherSide).toMatchObject({ firstJoin: at(-2), lastLeave: at(41), lateMs: 0 });
    expect(attendance.teacherSide.presentMs).toBe(40 * MINUTE);
    const [village, valley] = attendance.rooms;
    expect(village).toEqual({
      accountId: 'village',
      firstJoin: at(4),
      lastLeave: at(35),
      presentMs: 29 * MINUTE,
      lateMs: 4 * MINUTE,
      leftEarlyMs: 5 * MINUTE,
      togetherMs: 29 * MINUTE,
    });
    expect(valley).toMatchObject({ firstJoin: null, lastLeave: null, presentMs: 0, lateMs: 0 });
    expect(hadBy(attendance, village!, PLAN)).toBe(true);
    expect(hadBy(attendance, valley!, PLAN)).toBe(false);
  });

  test.each<[string, Line[], AttendancePlan, number, string]>([
    ['as planned', USUAL, PLAN, 60, 'held'],
    ['not half its time', [...USUAL.slice(0, 4), ended(19)], PLAN, 60, 'tooShort'],
    ['just half of it', [...USUAL.slice(0, 4), ended(20)], PLAN, 60, 'held'],
    ['without any remote room', [joined(0, 'master'), started(0), ended(40)], PLAN, 60, 'apart'],
    [
      'with the two sides one after the other',
      [joined(0, 'master'), started(0), [19, 'participant.left', 'master'], joined(19, 'village'), ended(40)],
      PLAN,
      60,
      'apart',
    ],
    [
      'taught alone where no room was planned',
      [joined(0, 'master'), started(0), ended(40)],
      ALONE,
      60,
      'held',
    ],
    ['begun where nobody taught', [started(0), ended(40)], ALONE, 60, 'apart'],
    ['by the teacher from elsewhere', [joined(0, 'teacher'), started(0), ended(40)], ALONE, 60, 'held'],
    ['still going on', USUAL.slice(0, 4), PLAN, 30, 'running'],
    ['still to come', [], PLAN, -10, 'planned'],
    ['never begun', [joined(0, 'master')], PLAN, 40, 'notStarted'],
    ['called off', [], { ...PLAN, cancelled: true }, 60, 'cancelled'],
    ['held although called off afterwards', USUAL, { ...PLAN, cancelled: true }, 60, 'held'],
  ])('%s', (_, lines, plan, now, verdict) => {
    expect(look(now, lines, plan).attendance.verdict).toBe(verdict);
  });

  test('a teacher who joins from two places is there once', () => {
    const { attendance } = look(60, [
      joined(0, 'master'),
      joined(5, 'teacher'),
      started(0),
      [10, 'participant.left', 'master'],
      ended(40),
    ]);
    expect(attendance.teacherSide.presentMs).toBe(40 * MINUTE);
  });

  test('a page that reloads and joins again was not away', () => {
    const { attendance } = look(60, [...USUAL.slice(0, 4), joined(10, 'village'), ended(40)]);
    expect(attendance.rooms[0]?.presentMs).toBe(40 * MINUTE);
  });

  test('takes from the timeline nothing but its few types', () => {
    expect(presenceEventOf({ at: 1, body: { type: 'recording.recovered' } })).toBeNull();
    expect(presenceEventOf({ at: 1, body: { type: 'participant.away', participantId: 'p' } })).toEqual({
      at: 1,
      type: 'participant.away',
      participantId: 'p',
      accountId: null,
    });
  });
});

describe('alarms', () => {
  const here = [joined(-2, 'master'), joined(-1, 'village'), joined(-1, 'valley')];

  test('none while all is well, and none before the bell', () => {
    expect(alarmsAt(-1, [])).toEqual([]);
    expect(alarmsAt(10, [...here, started(0)])).toEqual([]);
  });

  test('a partner that is not there a minute after the bell, until it comes', () => {
    const lines = [joined(-2, 'master'), joined(-1, 'village'), started(0)];
    expect(alarmsAt(0.9, lines)).toEqual([]);
    expect(alarmsAt(1, lines)).toEqual([['roomAbsent', 'valley', 1, null]]);
    expect(alarmsAt(8, [...lines, joined(7, 'valley')])).toEqual([['roomAbsent', 'valley', 1, 7]]);
  });

  test('a room that is lost in the middle, not one that is back at once', () => {
    const lost: Line[] = [...here, started(0), [10, 'participant.away', 'village']];
    expect(alarmsAt(10.5, lost)).toEqual([]);
    expect(alarmsAt(12, lost)).toEqual([['roomAbsent', 'village', 11, null]]);
    expect(alarmsAt(12, [...lost, [10.5, 'participant.back', 'village']])).toEqual([]);
    expect(alarmsAt(20, [...lost, [15, 'participant.back', 'village']])).toEqual([
      ['roomAbsent', 'village', 11, 15],
    ]);
  });

  test('a lesson that has not begun three minutes after the bell', () => {
    expect(alarmsAt(2.9, here)).toEqual([]);
    expect(alarmsAt(3, here)).toEqual([['notStarted', null, 3, null]]);
    expect(alarmsAt(6, [...here, started(5)])).toEqual([['notStarted', null, 3, 5]]);
    expect(alarmsAt(50, here)).toEqual([['notStarted', null, 3, 40]]);
  });

  test('a teacher who is not there', () => {
    expect(alarmsAt(2, here.slice(1))).toEqual([['teacherAbsent', null, 1, null]]);
    expect(alarmsAt(2, [...here.slice(1), joined(0, 'teacher')])).toEqual([]);
  });

  test('a lesson that overran, until it ends', () => {
    const lines = [...here, started(0)];
    expect(alarmsAt(44, lines)).toEqual([]);
    expect(alarmsAt(46, lines)).toEqual([['overran', null, 45, null]]);
    expect(alarmsAt(60, [...lines, ended(50)])).toEqual([['overran', null, 45, 50]]);
    expect(alarmsAt(60, [...lines, ended(44)])).toEqual([]);
  });

  test('none for what was called off', () => {
    expect(alarmsAt(10, [], { ...PLAN, cancelled: true })).toEqual([]);
  });

  test('where a lesson stands', () => {
    const states = [-30, -5, 1, 41].map((now) => nowStateOf(presenceOf([], at(now)), PLAN, at(now)));
    expect(states).toEqual(['planned', 'soon', 'due', 'missed']);
    const begun = presenceOf(events(started(0)), at(5));
    expect(nowStateOf(begun, PLAN, at(5))).toBe('running');
    expect(nowStateOf({ ...begun, endedAt: at(40) }, PLAN, at(45))).toBe('over');
  });
});
