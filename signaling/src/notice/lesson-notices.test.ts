import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import { NoticePage, NoticesUnread } from '#protocol/notice.ts';
import { LessonPlan, SchoolWeek, WeekLesson } from '#protocol/timetable.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { TestPerson } from '../../testing/person.ts';
import { type TimetableWorld, timetableWorld } from '../../testing/timetable.ts';
import { LessonMaker } from '../timetable/make-lessons.ts';
import { timetableRoutes } from '../timetable/timetable-routes.ts';
import { pruneNotices } from './notice-repository.ts';
import { noticeRoutes } from './notice-routes.ts';
import { roomNews } from './room-news.ts';

onBothDatabases('notices of a lesson', (open) => {
  let app: TestApp;
  let world: TimetableWorld;
  let [bureau, teacher, assistant, room]: TestPerson[] = [];
  const maker = new LessonMaker('Asia/Shanghai');
  beforeAll(async () => {
    app = await TestApp.open(
      (shared) => {
        const parts = { ...shared, config: Config.parse({}) };
        return { api: [timetableRoutes(parts, maker), noticeRoutes(parts)] };
      },
      { open },
    );
    world = await timetableWorld(app.db);
    [bureau, teacher, assistant, room] = await Promise.all(
      ['马建国', '陈静', '李秀兰', '石门教学点教室'].map((name) => app.signIn(name)),
    );
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.db.deleteFrom('lesson').execute();
    await maker.make(world.pairingId, app.db);
    await app.db.deleteFrom('notice').execute();
  });

  const noticesOf = (who: TestPerson | undefined, query = '') =>
    who!.get(NoticePage, 'GET', `/api/notices${query}`);
  const first = async () =>
    (
      await bureau!.get(
        SchoolWeek,
        'GET',
        `/api/timetable/week?organizationId=${world.school}&day=2027-09-07`,
      )
    ).lessons[0]!;
  const act = async (lesson: WeekLesson, what: string, body: object) =>
    WeekLesson.parse(
      (
        await bureau!.ask('POST', `/api/lessons/${lesson.lessonId}/${what}`, {
          version: lesson.version,
          ...body,
        })
      ).body,
    );
  const later = { place: { day: '2027-09-08', period: 3 } };

  test('a move is told to teacher, assistants and rooms by their own bells, not to who did it', async () => {
    const lesson = await first();
    await act(lesson, 'move', later);
    const { notices, unread } = await noticesOf(assistant);
    expect(unread).toBe(1);
    expect(notices).toMatchObject([
      {
        ...{ byName: '马建国', part: 'assistant', lessonId: lesson.lessonId, readAt: null },
        body: {
          ...{ kind: 'lesson', lesson: { subject: '英语', className: '五年级(2)班' } },
          was: { start: lesson.plannedStart, period: 1, room: '石门教学点教室' },
          now: { period: 3, teacher: '陈静', cancelled: null },
        },
      },
    ]);
    for (const who of [teacher, room]) expect((await noticesOf(who)).unread).toBe(1);
    await teacher!.ask('POST', '/api/notices/read', {
      noticeIds: [(await noticesOf(teacher)).notices[0]!.noticeId],
    });
    const { concerns } = await bureau!.get(LessonPlan, 'GET', `/api/lessons/${lesson.lessonId}/plan`);
    const toldOf = (name: string) => concerns.find((concern) => concern.name === name)?.told;
    expect(toldOf('陈静')).toEqual({ at: expect.any(Number), readAt: expect.any(Number) });
    expect(toldOf('李秀兰')).toEqual({ at: expect.any(Number), readAt: null });
    expect(toldOf('五年级复式班')).toBeNull();
    const day: [number, number] = [lesson.plannedStart - 60_000, lesson.plannedStart + 60_000];
    expect(await roomNews(app.db, room!.accountId, day, lesson.plannedStart)).toMatchObject([
      { subject: '英语', was: { period: 1 }, now: { period: 3 } },
    ]);
    // Whoever stands before it has read it; when its time is over it goes.
    expect((await noticesOf(room)).unread).toBe(0);
    expect(await roomNews(app.db, room!.accountId, day, lesson.plannedEnd + 1)).toEqual([]);
    expect((await noticesOf(bureau)).notices).toEqual([]);
  });

  test('one line grows until it is read; what was taken back is withdrawn', async () => {
    const lesson = await first();
    const moved = await act(lesson, 'move', later);
    const off = await act(moved, 'cancel', { reason: '老师生病' });
    expect((await noticesOf(teacher)).notices).toMatchObject([
      { body: { was: { start: lesson.plannedStart }, now: { cancelled: '老师生病' } } },
    ]);
    const on = await act(off, 'restore', {});
    await act(on, 'move', { place: { day: '2027-09-07', period: 1 } });
    expect(await noticesOf(teacher)).toEqual({ notices: [], unread: 0, more: false });
  });

  test('what was read is told anew when it is taken back', async () => {
    const lesson = await first();
    const off = await act(lesson, 'cancel', { reason: '停电' });
    const [{ noticeId } = { noticeId: '' }] = (await noticesOf(teacher)).notices;
    expect(await teacher!.get(NoticesUnread, 'POST', '/api/notices/read', { noticeIds: [noticeId] })).toEqual(
      { unread: 0 },
    );
    await act(off, 'restore', {});
    expect((await noticesOf(teacher)).notices).toMatchObject([
      { readAt: null, body: { was: { cancelled: '停电' }, now: { cancelled: null } } },
      { noticeId, readAt: expect.any(Number) },
    ]);
  });

  test('who stands in hears of a lesson that is theirs now, the other that it is not', async () => {
    const stranger = await app.signIn('周明');
    const lesson = await act(await first(), 'substitute', { teacherId: world.id('周明') });
    expect((await noticesOf(stranger)).notices).toMatchObject([{ part: 'teacher', body: { was: null } }]);
    expect((await noticesOf(teacher)).notices).toMatchObject([{ body: { now: null } }]);
    expect((await noticesOf(assistant)).notices).toMatchObject([
      { body: { was: { teacher: '陈静' }, now: { teacher: '周明' } } },
    ]);
    await act(lesson, 'substitute', { teacherId: world.id('陈静') });
    for (const who of [stranger, teacher, assistant]) expect((await noticesOf(who)).unread).toBe(0);
  });

  test('another lesson is told to the nearest administrators of both schools', async () => {
    const plan = {
      ...{ organizationId: world.school, courseId: world.id('音乐 五年级上册'), teacherId: world.id('周明') },
      ...{ masterClassroomId: world.id('实验小学录播教室'), place: { day: '2027-09-15', period: 3 } },
      remotes: [{ classroomId: world.id('石门教学点教室') }],
    };
    const remoteAdministrator = world.id('王海燕');
    const row = { organization_id: world.remoteSchool, role: 'administrator' as const };
    await app.db
      .insertInto('account_role')
      .values({ account_id: remoteAdministrator, ...row })
      .execute();
    const { lessonId } = await bureau!.get(WeekLesson, 'POST', '/api/timetable/lessons', plan);
    const told = await app.db
      .selectFrom('notice')
      .innerJoin('account', 'account.id', 'notice.account_id')
      .select(['account.name', 'part'])
      .where('lesson_id', '=', lessonId)
      .execute();
    expect(told.map(({ name, part }) => `${name} ${part}`).sort()).toEqual(
      [
        '周明 teacher',
        '实验小学录播教室 classroom',
        '王海燕 administrator',
        '石门教学点教室 classroom',
      ].sort(),
    );
    await app.db
      .deleteFrom('account_role')
      .where('account_id', '=', remoteAdministrator)
      .where('role', '=', 'administrator')
      .execute();
  });

  test('pages go back, all up to what was seen is read, nobody reads or ends what is another’s', async () => {
    const body = JSON.stringify({ kind: 'lessons', made: 1, changed: 0, removed: 0, from: 0 });
    const rows = Array.from({ length: 33 }, (_, at) => ({
      ...{ id: newId(), account_id: teacher!.accountId, part: 'teacher' as const, matter: `x ${at}`, body },
      at: new Date(Date.UTC(2027, 0, 1, 0, at)),
    }));
    await app.db.insertInto('notice').values(rows).execute();
    const page = await noticesOf(teacher);
    expect(page).toMatchObject({ unread: 33, more: true });
    expect(page.notices[0]!.noticeId).toBe(rows[32]!.id);
    const last = page.notices.at(-1)!.noticeId;
    const rest = await noticesOf(teacher, `?before=${last}`);
    expect(rest.notices.map(({ noticeId }) => noticeId)).toEqual([2, 1, 0].map((at) => rows[at]!.id));
    expect((await noticesOf(assistant, `?before=${last}`)).notices).toEqual([]);
    for (const which of [{ noticeIds: [last] }, { upTo: last }])
      await assistant!.ask('POST', '/api/notices/read', which);
    expect((await noticesOf(teacher)).unread).toBe(33);
    expect(await teacher!.get(NoticesUnread, 'POST', '/api/notices/read', { upTo: last })).toEqual({
      unread: 29,
    });
    expect(await pruneNotices(app.db, Date.UTC(2027, 6, 1))).toBe(33);
  });
});
