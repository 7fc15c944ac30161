import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { AlarmCount, NowBoard } from '#protocol/alarm.ts';
import { AttendanceLines, AttendanceReport, LessonSheet } from '#protocol/attendance-report.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { type Deed, MadeLessons } from '../../testing/held.ts';
import type { TestPerson } from '../../testing/person.ts';
import { alarmRoutes } from '../alarm/alarm-routes.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { attendanceRoutes } from './attendance-routes.ts';

const MINUTE = 60_000;
/** A Wednesday of the school's calendar, 10:00 in Shanghai. */
const WEDNESDAY = Date.parse('2027-03-10T10:00:00+08:00');
const LAST_WEEK = WEDNESDAY - 7 * 24 * 60 * MINUTE;
const RANGE = 'from=2027-03-01&to=2027-03-31';

const MASTER = '实验小学录播教室';
const VILLAGE = '石门教学点教室';
const VALLEY = '河口小学多媒体教室';
const WELL: Deed[] = [
  [-1, 'joined', MASTER],
  [0, 'joined', VILLAGE],
  [1, 'started'],
  [40, 'ended'],
];

onBothDatabases('attendance and alarms', (open) => {
  let app: TestApp;
  let made: MadeLessons;
  let now = WEDNESDAY;
  let bureau: TestPerson;
  let village: TestPerson;
  let foreign: TestPerson;
  let teacher: TestPerson;
  let heldId: string;

  beforeAll(async () => {
    app = await TestApp.open(
      (parts) => {
        const office = { ...parts, config: Config.parse({}) } as unknown as OfficeParts;
        return { api: [attendanceRoutes(office, () => now), alarmRoutes(office, () => now)] };
      },
      { open },
    );
    made = new MadeLessons(app);
    await made.person('石校长', '石门教学点', 'administrator');
    const other = { id: 'X'.repeat(22), kind: 'bureau' as const, name: '别的县', parent_id: null };
    await app.db.insertInto('organization').values(other).execute();
    await made.person('外人', '别的县', 'administrator');
    bureau = await app.signIn('马建国');
    village = await app.signIn('石校长');
    foreign = await app.signIn('外人');
    teacher = await app.signIn('陈静');

    // Last week: held; held, but the second school never came; too short; called off.
    heldId = await made.plan({ title: '<b>=1+1', at: LAST_WEEK });
    await made.happen(heldId, LAST_WEEK, WELL);
    const two = await made.plan({ at: LAST_WEEK + 60 * MINUTE, remote: [VILLAGE, VALLEY] });
    await made.happen(two, LAST_WEEK + 60 * MINUTE, WELL);
    const short = await made.plan({ at: LAST_WEEK + 120 * MINUTE, course: '音乐 五年级上册' });
    await made.happen(short, LAST_WEEK + 120 * MINUTE, [...WELL.slice(0, 3), [15, 'ended']]);
    await made.plan({ at: LAST_WEEK + 180 * MINUTE, cancelled: '停电' });
    // This week: never begun, an open one without rooms, one to come; and one of another time.
    await made.plan({ at: WEDNESDAY - 120 * MINUTE });
    const alone = await made.plan({ at: WEDNESDAY - 60 * MINUTE, mode: 'open', remote: [] });
    await made.happen(alone, WEDNESDAY - 60 * MINUTE, [
      [0, 'joined', '陈静'],
      [0, 'started'],
      [30, 'ended'],
    ]);
    await made.plan({ at: WEDNESDAY + 120 * MINUTE });
    await made.plan({ at: WEDNESDAY + 60 * 24 * 60 * MINUTE });
  });
  afterAll(() => app.close());

  const report = (person = bureau, more = '') =>
    person.get(AttendanceReport, 'GET', `/api/attendance/report?${RANGE}${more}`);
  const lines = (more: string, person = bureau) =>
    person.get(AttendanceLines, 'GET', `/api/attendance/lessons?${RANGE}${more}`);

  test('counts what should have been held, what was, and apart what was called off', async () => {
    const { total, subjects, weeks, modes, schools } = await report();
    expect(total).toEqual({ due: 5, held: 3, cancelled: 1, ahead: 1 });
    expect(subjects).toEqual([
      { subject: '英语', due: 4, held: 3, cancelled: 1, ahead: 1 },
      { subject: '音乐', due: 1, held: 0, cancelled: 0, ahead: 0 },
    ]);
    expect(weeks).toEqual([
      { monday: '2027-03-01', due: 3, held: 2, cancelled: 1, ahead: 0 },
      { monday: '2027-03-08', due: 2, held: 1, cancelled: 0, ahead: 1 },
    ]);
    expect(modes.find(({ mode }) => mode === 'open')).toMatchObject({ due: 1, held: 1 });
    expect(schools.map(({ name, master, remote }) => [name, master.held, remote.due, remote.held])).toEqual(
      expect.arrayContaining([
        ['清河县实验小学', 3, 0, 0],
        ['河口中心小学', 0, 1, 0],
        ['石门教学点', 0, 4, 2],
      ]),
    );
  });

  test('opens the very lessons behind each number', async () => {
    const { schools, weeks } = await report();
    for (const { organizationId, master, remote } of schools)
      for (const [side, count] of Object.entries({ master, remote }))
        for (const outcome of ['due', 'held', 'cancelled', 'ahead'] as const) {
          const behind = await lines(`&organizationId=${organizationId}&side=${side}&outcome=${outcome}`);
          expect([side, outcome, behind.total]).toEqual([side, outcome, count[outcome]]);
        }
    for (const { monday, due } of weeks) expect((await lines(`&week=${monday}&outcome=due`)).total).toBe(due);
    const missed = await lines('&outcome=missed');
    expect(missed.lessons.map(({ verdict }) => verdict).sort()).toEqual(['notStarted', 'tooShort']);
    expect((await lines('&outcome=cancelled')).lessons[0]).toMatchObject({ cancelReason: '停电' });
  });

  test('a school sees its own lessons, also those that it has from others', async () => {
    const { total, schools } = await report(village);
    expect(total).toEqual({ due: 4, held: 2, cancelled: 1, ahead: 1 });
    expect(schools.map(({ name }) => name)).toEqual(['石门教学点']);
    expect((await report(foreign)).total).toEqual({ due: 0, held: 0, cancelled: 0, ahead: 0 });
    expect(await teacher.code('GET', `/api/attendance/report?${RANGE}`)).toBe('FORBIDDEN');
    expect(await app.anonymous().code('GET', `/api/attendance/report?${RANGE}`)).toBe('NOT_SIGNED_IN');
    expect(await bureau.code('GET', '/api/attendance/report?from=2027-02-30&to=2027-03-31')).toBe(
      'BAD_REQUEST',
    );
  });

  test('goes out as a file, with formulas as text, and leaves a trace', async () => {
    const file = (table: string, format = 'csv') =>
      bureau.ask('GET', `/api/attendance/export?${RANGE}&table=${table}&format=${format}`);
    const lessons = String((await file('lessons')).body).split('\r\n');
    expect(lessons).toHaveLength(9);
    expect(lessons.some((line) => line.includes('停电'))).toBe(true);
    expect(lessons.some((line) => line.includes('10:01') && line.includes('10:40'))).toBe(true);
    const schools = String((await file('schools')).body);
    expect(schools).toContain('石门教学点,0,0,,0,0,4,2,50.0%,1,1');
    // A lesson of two schools is one of each of them.
    expect(schools.trimEnd().split('\r\n').at(-1)).toBe('合计,5,3,60.0%,1,1,5,2,40.0%,1,1');
    for (const table of ['subjects', 'weeks', 'modes'])
      expect((await file(table, 'xlsx')).headers.get('content-type')).toContain('spreadsheetml');
    expect(await teacher.code('GET', `/api/attendance/export?${RANGE}&table=weeks&format=csv`)).toBe(
      'FORBIDDEN',
    );
    const traces = await app.db
      .selectFrom('audit_entry')
      .select('object_id')
      .where('action', '=', 'table.exported')
      .execute();
    expect(traces).toHaveLength(5);
  });

  test('counts at the edges: moved once, called off in time, alone, and into the night', async () => {
    const april = Date.parse('2027-04-07T10:00:00+08:00');
    const set = (id: string, columns: object) =>
      app.db.updateTable('lesson').set(columns).where('id', '=', id).execute();
    const moved = await made.plan({ at: april });
    await made.happen(moved, april + 7 * 24 * 60 * MINUTE, WELL);
    await set(moved, {
      planned_start: new Date(april + 7 * 24 * 60 * MINUTE),
      planned_end: new Date(april + (7 * 24 * 60 + 40) * MINUTE),
      moved_from: new Date(april),
    });
    await made.plan({ at: april, cancelled: '停电' });
    // Nobody came; the reason was written down in the evening, when the numbers were looked at.
    const late = await made.plan({ at: april + 60 * MINUTE });
    await set(late, { cancelled_at: new Date(april + 600 * MINUTE), cancel_reason: '停电' });
    const alone = await made.plan({ at: april + 120 * MINUTE });
    await made.happen(alone, april + 120 * MINUTE, [
      [0, 'joined', MASTER],
      [0, 'started'],
      [40, 'ended'],
    ]);
    // On a Sunday, over midnight into the next week.
    const night = Date.parse('2027-04-11T23:40:00+08:00');
    const sunday = await made.plan({ at: night });
    await made.happen(sunday, night, WELL);
    const before = now;
    now = Date.parse('2027-04-30T12:00:00+08:00');
    const answer = await bureau.get(
      AttendanceReport,
      'GET',
      '/api/attendance/report?from=2027-04-01&to=2027-04-30',
    );
    now = before;
    expect(answer.total).toEqual({ due: 4, held: 2, cancelled: 1, ahead: 0 });
    expect(answer.weeks).toEqual([
      { monday: '2027-04-05', due: 3, held: 1, cancelled: 1, ahead: 0 },
      { monday: '2027-04-12', due: 1, held: 1, cancelled: 0, ahead: 0 },
    ]);
  });

  test("shows a lesson's rooms as its timeline tells them", async () => {
    const sheet = await village.get(LessonSheet, 'GET', `/api/attendance/lessons/${heldId}`);
    expect(sheet).toMatchObject({
      title: '<b>=1+1',
      verdict: 'held',
      lastedMs: 39 * MINUTE,
      day: '2027-03-03',
    });
    expect(sheet.rooms).toMatchObject([
      { part: 'master', name: MASTER, lateMs: 0, presentMs: 39 * MINUTE, had: true },
      { part: 'remote', name: VILLAGE, togetherMs: 39 * MINUTE, had: true },
    ]);
    const path = `/api/attendance/lessons/${heldId}`;
    expect(await foreign.code('GET', path)).toBe('NOT_FOUND');
    expect(await foreign.code('GET', `/api/attendance/lessons/${'n'.repeat(22)}`)).toBe('NOT_FOUND');
    expect(await teacher.code('GET', path)).toBe('FORBIDDEN');
  });

  const board = (person = bureau) => person.get(NowBoard, 'GET', '/api/now');
  const count = (person = bureau) => person.get(AlarmCount, 'GET', '/api/now/count');

  test('an alarm stands for both sides and the bureau as soon as there is reason, and goes with it', async () => {
    const bell = WEDNESDAY + 180 * MINUTE;
    const lessonId = await made.plan({ title: '现在的课', at: bell });
    const alarms = async (person = bureau) =>
      (await board(person)).lessons
        .find((lesson) => lesson.lessonId === lessonId)!
        .alarms.filter(({ to }) => to === null)
        .map(({ kind }) => kind);
    now = bell - 5 * MINUTE;
    expect((await board()).lessons.find((lesson) => lesson.lessonId === lessonId)?.state).toBe('soon');
    expect(await alarms()).toEqual([]);
    now = bell + 3 * MINUTE;
    expect(await alarms()).toEqual(['teacherAbsent', 'roomAbsent', 'notStarted']);
    expect(await alarms(village)).toEqual(['teacherAbsent', 'roomAbsent', 'notStarted']);
    // The lesson of two hours after ten is in the same trouble.
    expect((await count(village)).trouble).toBe(1);
    expect((await board(foreign)).lessons).toEqual([]);
    expect(await count(foreign)).toEqual({ trouble: 0, running: 0 });
    await made.happen(lessonId, bell, [
      [4, 'joined', '陈静'],
      [4, 'started'],
    ]);
    now = bell + 5 * MINUTE;
    expect(await alarms()).toEqual(['roomAbsent']);
    await made.happen(lessonId, bell, [[6, 'joined', VILLAGE]]);
    now = bell + 7 * MINUTE;
    expect(await alarms()).toEqual([]);
    expect(await count()).toEqual({ trouble: 0, running: 1 });
    const [lesson] = (await board()).lessons.filter((each) => each.lessonId === lessonId);
    expect(lesson).toMatchObject({ state: 'running' });
    expect(lesson!.rooms.map(({ here }) => here)).toEqual([true, true]);
    expect(lesson!.alarms).toHaveLength(3);
    now = bell + 46 * MINUTE;
    expect(await alarms()).toEqual(['overran']);
    await made.happen(lessonId, bell, [[47, 'ended']]);
    now = bell + 48 * MINUTE;
    expect(await alarms()).toEqual([]);
    expect(await teacher.code('GET', '/api/now')).toBe('FORBIDDEN');
    expect(await app.anonymous().code('GET', '/api/now/count')).toBe('NOT_SIGNED_IN');
  });
});
