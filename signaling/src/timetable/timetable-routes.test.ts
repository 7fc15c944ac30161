import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { instantOf } from '#protocol/calendar.ts';
import { Clash } from '#protocol/clashes.ts';
import { LocalLesson } from '#protocol/local-lessons.ts';
import { NewCalendarFeed, OwnWeek } from '#protocol/own-week.ts';
import { LessonPlan, WeekLesson } from '#protocol/timetable.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { fieldsOf, TimetableApp, TZ } from '../../testing/timetable-app.ts';

onBothDatabases('the timetable', (open) => {
  let at: TimetableApp;
  let { app, world, bureau, week, lessonOn, act, planned } = {} as TimetableApp;
  beforeAll(async () => {
    at = await TimetableApp.open(open);
    ({ app, world, bureau, week, lessonOn, act, planned } = at);
  });
  afterAll(() => at.close());
  beforeEach(() => at.anew());

  test('a week has its days, both schools see the lesson, each with its own period', async () => {
    const holidays = await week('2027-10-06');
    expect(holidays.days.map(({ follows }) => follows)).toEqual([1, null, 3, 4, 5, 2, null]);
    expect(holidays.days[1]!.name).toBe('国庆节');
    expect(holidays.term).toMatchObject({ week: 6, weeks: 28 });
    expect(holidays.lessons.map(({ day }) => day)).toEqual(['2027-10-09']);
    const remote = await week('2027-10-09', bureau, world.remoteSchool);
    expect(remote.lessons).toMatchObject([{ day: '2027-10-09', period: 1, remotes: [{}, { period: 1 }] }]);
    expect((await week('2028-02-29')).lessons.map(({ day }) => day)).toContain('2028-02-29');
    expect((await week('2029-01-01')).term).toBeNull();
  });

  test('a lesson is moved, its history says by whom, and everybody has it where it is now', async () => {
    const lesson = await lessonOn('2027-09-07');
    const moved = await act(lesson, 'move', { place: { day: '2027-09-08', period: 3 } });
    expect(WeekLesson.parse(moved.body)).toMatchObject({
      ...{ day: '2027-09-08', startsMinute: 590, period: 3, version: lesson.version + 1 },
      ...{ movedFrom: lesson.plannedStart, remotes: [{ period: 3 }, { period: 3 }] },
    });
    const plan = await bureau.get(LessonPlan, 'GET', `/api/lessons/${lesson.lessonId}/plan`);
    expect(plan.history).toMatchObject([
      { what: 'moved', byName: '马建国', detail: { from: lesson.plannedStart } },
    ]);
    expect(plan.concerns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['陈静', '李秀兰', '五年级(1)班']),
    );
    const assistant = await app.signIn('李秀兰');
    const own = await assistant.get(OwnWeek, 'GET', '/api/timetable/own?day=2027-09-08');
    expect(own.lessons.map(({ plannedStart }) => plannedStart)).toEqual([instantOf('2027-09-08', 590, TZ)]);
    const opened = await assistant.get(LessonPlan, 'GET', `/api/lessons/${lesson.lessonId}/plan`);
    expect(opened.lesson).toMatchObject({ day: '2027-09-08', mayEdit: false });
    // What made it leaves it there.
    await bureau.ask('POST', `/api/pairings/${world.pairingId}/lessons`);
    expect((await week('2027-09-08')).lessons).toHaveLength(1);
  });

  test('is not moved onto a holiday, into the past, to no period, nor while it runs', async () => {
    const lesson = await lessonOn('2027-09-14');
    const to = (place: object) => act(lesson, 'move', { place });
    expect(fieldsOf(await to({ day: '2027-10-01', period: 1 }))).toEqual(['place.day conflict']);
    expect(fieldsOf(await to({ day: '2026-02-03', period: 1 }))).toEqual(['place.day order']);
    expect(fieldsOf(await to({ day: '2027-09-15', period: 9 }))).toEqual(['place.period unknown']);
    expect(fieldsOf(await to({ day: '2027-09-15', startsMinute: 600, endsMinute: 600 }))).toHaveLength(1);
    expect((await to({ day: '2027-02-29', period: 1 })).status).toBe(400);
    await app.db.updateTable('lesson').set({ state: 'live' }).where('id', '=', lesson.lessonId).execute();
    expect(
      await bureau.code('POST', `/api/lessons/${lesson.lessonId}/move`, {
        ...{ version: lesson.version, place: { day: '2027-09-15', period: 1 } },
      }),
    ).toBe('WRONG_STATE');
    expect((await lessonOn('2027-09-14')).version).toBe(lesson.version);
  });

  test('of two who change a lesson at once one does, and the other hears who was faster', async () => {
    const lesson = await lessonOn('2027-09-14');
    const answers = await Promise.all([
      act(lesson, 'move', { place: { day: '2027-09-15', period: 1 } }),
      act(lesson, 'cancel', { reason: '停电' }),
      act(lesson, 'substitute', { teacherId: world.id('周明') }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body).toMatchObject({
      error: { code: 'OVERTAKEN', fields: [{ path: 'version', values: { by: '马建国' } }] },
    });
    const { history } = await bureau.get(LessonPlan, 'GET', `/api/lessons/${lesson.lessonId}/plan`);
    expect(history).toHaveLength(1);
  });

  test('a lesson is called off with a reason and taken up again; somebody stands in and gives it back', async () => {
    const lesson = await lessonOn('2027-09-14');
    const cancelled = WeekLesson.parse(
      (await act(lesson, 'cancel', { reason: '  教师\u202e外出\n培训 ' })).body,
    );
    expect(cancelled.cancelled).toEqual({ reason: '教师外出 培训' });
    expect(
      await bureau.code('POST', `/api/lessons/${lesson.lessonId}/cancel`, {
        version: cancelled.version,
        reason: 'x',
      }),
    ).toBe('LESSON_CANCELLED');
    expect(fieldsOf(await act(cancelled, 'cancel', { reason: '' })).length).toBe(1);
    const restored = WeekLesson.parse((await act(cancelled, 'restore', {})).body);
    expect(restored.cancelled).toBeNull();
    const other = WeekLesson.parse((await act(restored, 'substitute', { teacherId: world.id('周明') })).body);
    expect(other).toMatchObject({ teacher: { name: '周明' }, substituteFor: '陈静' });
    const back = WeekLesson.parse((await act(other, 'substitute', { teacherId: world.id('陈静') })).body);
    expect(back.substituteFor).toBeNull();
    expect(fieldsOf(await act(back, 'substitute', { teacherId: newId() }))).toEqual(['teacherId unknown']);
  });

  test('one more lesson is added, late in the evening and with a hostile title too', async () => {
    const title = `<img src=x onerror=alert(1)>\u202e=1+1${'🎵'.repeat(20)}`;
    const added = await bureau.ask(
      'POST',
      '/api/timetable/lessons',
      planned({
        ...{ title, place: { day: '2027-09-15', startsMinute: 1430, endsMinute: 1440 } },
      }),
    );
    expect(added.status).toBe(201);
    const lesson = WeekLesson.parse(added.body);
    expect(lesson).toMatchObject({ day: '2027-09-15', startsMinute: 1430, endsMinute: 1440, period: null });
    expect(lesson.title).not.toContain('\u202e');
    expect((await week('2027-09-15')).lessons.map(({ lessonId }) => lessonId)).toContain(lesson.lessonId);
    const table = await bureau.ask(
      'GET',
      `/api/timetable/export?organizationId=${world.school}&day=2027-09-15&format=csv`,
    );
    expect(table.body).toContain('23:50–24:00');
    expect(
      fieldsOf(
        await bureau.ask(
          'POST',
          '/api/timetable/lessons',
          planned({
            ...{ courseId: newId(), remotes: [{ classroomId: world.id('实验小学录播教室') }] },
          }),
        ),
      ),
    ).toEqual(['courseId unknown', 'remotes.0.classroomId taken']);
    expect(
      (await bureau.ask('POST', '/api/timetable/lessons', planned({ title: 'x'.repeat(61) }))).status,
    ).toBe(400);
  });

  test("who may not see another school's people is not told their names", async () => {
    await app.db
      .insertInto('account_role')
      .values({ account_id: world.id('赵强'), organization_id: world.school, role: 'administrator' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await app.db
      .deleteFrom('account_role')
      .where('account_id', '=', world.id('赵强'))
      .where('role', '=', 'operator')
      .execute();
    const clerk = await app.signIn('赵强');
    const clashes = await clerk.get(Clash.array(), 'POST', '/api/timetable/clashes', {
      ...{ kind: 'lesson', organizationId: world.school, places: [{ day: '2027-09-07', period: 1 }] },
      parties: { teacherId: world.id('陈静'), remotes: [{ assistantId: world.id('李秀兰') }] },
    });
    expect(clashes.map(({ party, name }) => [party, name])).toEqual([
      ['teacher', '陈静'],
      ['assistant', null],
    ]);
    expect(await clerk.code('GET', `/api/timetable/week?organizationId=${world.remoteSchool}`)).toBe(
      'NOT_FOUND',
    );
    const teacher = await app.signIn('周明');
    const lesson = await lessonOn('2027-09-14');
    expect(
      await teacher.code('POST', `/api/lessons/${lesson.lessonId}/cancel`, { version: 1, reason: 'x' }),
    ).toBe('FORBIDDEN');
    expect(await clerk.code('POST', `/api/lessons/${newId()}/cancel`, { version: 1, reason: 'x' })).toBe(
      'NOT_FOUND',
    );
  });

  test("a class's own timetable is looked at, taken in as a whole, and shown in its week", async () => {
    const body = (dryRun: boolean) => ({
      ...{
        organizationId: world.school,
        termId: world.termId,
        classGroupId: world.id('五年级(2)班'),
        dryRun,
      },
      cells: [
        { weekday: 1, period: 1, subject: '语文', teacherName: '周明' },
        { weekday: 1, period: 2, subject: '数学', teacherName: '无名氏' },
        { weekday: 2, period: 7, weeks: 'odd', subject: '美术' },
      ],
    });
    const look = await bureau.ask('POST', '/api/local-lessons/import', body(true));
    expect(look.body).toEqual({ removed: 0, added: 3, unknownTeachers: ['无名氏'], unknownPeriods: [7] });
    expect((await week('2027-09-07')).locals).toEqual([]);
    await bureau.ask('POST', '/api/local-lessons/import', body(false));
    const again = await bureau.ask('POST', '/api/local-lessons/import', body(false));
    expect(again.body).toMatchObject({ removed: 3, added: 3 });
    expect((await week('2027-09-14')).locals.map(({ subject }) => subject)).toEqual(['语文', '数学', '美术']);
    expect((await week('2027-09-07')).locals.map(({ subject }) => subject)).toEqual(['语文', '数学']);
    const teacher = await app.signIn('周明');
    const own = await teacher.get(OwnWeek, 'GET', '/api/timetable/own?day=2027-09-14');
    expect(own.locals).toMatchObject([{ day: '2027-09-13', subject: '语文', startsMinute: 480 }]);
    const saved = await bureau.get(LocalLesson, 'POST', '/api/local-lessons', {
      ...{ organizationId: world.school, termId: world.termId, classGroupId: world.id('五年级(2)班') },
      ...{ weekday: 4, period: 1, subject: '体育' },
    });
    expect((await bureau.ask('DELETE', `/api/local-lessons/${saved.localLessonId}`)).status).toBe(200);
    expect(await bureau.code('DELETE', `/api/local-lessons/${saved.localLessonId}`)).toBe('NOT_FOUND');
  });

  test('a calendar is read by its secret address until that is revoked, and says what was changed', async () => {
    const teacher = await app.signIn('陈静');
    const { feed, path } = await teacher.get(NewCalendarFeed, 'POST', '/api/calendar-feeds', {
      accountId: teacher.accountId,
    });
    // Lessons of the coming months alone are in a calendar.
    const soon = Date.now() + 86_400_000;
    const [first, second] = await app.db
      .selectFrom('lesson')
      .select('id')
      .orderBy('planned_start')
      .limit(2)
      .execute();
    for (const [at, { id }] of [first!, second!].entries())
      await app.db
        .updateTable('lesson')
        .set({
          planned_start: new Date(soon + at),
          planned_end: new Date(soon + 2_400_000),
          title: 'A;b,c\\d\nEND:VEVENT',
        })
        .where('id', '=', id)
        .execute();
    await bureau.ask('POST', `/api/lessons/${second!.id}/cancel`, { version: 1, reason: '停电' });
    const nobody = app.anonymous();
    const answer = await nobody.ask('GET', path);
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    const events = eventsOf(String(answer.body));
    expect(events.map(({ UID }) => UID)).toEqual([`${first!.id}@127.0.0.1`, `${second!.id}@127.0.0.1`]);
    expect(events[0]).toMatchObject({
      STATUS: 'CONFIRMED',
      SEQUENCE: '0',
      SUMMARY: expect.stringContaining('A\\;b\\,c\\\\d\\nEND:VEVENT'),
    });
    expect(events[1]).toMatchObject({ STATUS: 'CANCELLED', SEQUENCE: '1' });
    expect(events[0]!.DTSTART).toBe(`${new Date(soon).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`);
    expect(events[0]).toHaveProperty('DTSTAMP');
    expect(events[0]).toHaveProperty('LAST-MODIFIED');
    expect(
      await (await app.signIn('周明')).code(
        'DELETE',
        `/api/calendar-feeds/${feed.feedId}?accountId=${teacher.accountId}`,
      ),
    ).toBe('FORBIDDEN');
    await teacher.ask('DELETE', `/api/calendar-feeds/${feed.feedId}?accountId=${teacher.accountId}`);
    expect((await nobody.ask('GET', path)).status).toBe(404);
    expect((await nobody.ask('GET', '/calendar/nonsense.ics')).status).toBe(404);
    const room = await bureau.get(NewCalendarFeed, 'POST', '/api/calendar-feeds', {
      accountId: world.id('石门教学点教室'),
    });
    expect(eventsOf(String((await nobody.ask('GET', room.path)).body))).toHaveLength(2);
  });
});

/** RFC 5545: CRLF lines of at most 75 octets, folded; components that open and close; each event's properties. */
function eventsOf(text: string): Record<string, string>[] {
  expect(text.endsWith('\r\n') || text.endsWith('END:VCALENDAR')).toBe(true);
  const folded = text.split('\r\n');
  for (const line of folded) {
    expect(line).not.toMatch(/[\r\n]/);
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  }
  const lines = text
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line !== '');
  const events: Record<string, string>[] = [];
  const open: string[] = [];
  for (const line of lines) {
    const [, name = '', value = ''] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
    expect([line, name]).not.toEqual([line, '']);
    if (name === 'BEGIN') open.push(value);
    else if (name === 'END') expect(open.pop()).toBe(value);
    else if (open.at(-1) === 'VEVENT') events.at(-1)![name] = value;
    if (line === 'BEGIN:VEVENT') events.push({});
  }
  expect(open).toEqual([]);
  expect(lines).toContain('VERSION:2.0');
  return events;
}
