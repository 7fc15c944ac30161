import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { Config } from '#platform/config.ts';
import { createLogger } from '#platform/logger.ts';
import { LessonReadiness, RoomScreen } from '#protocol/room-screen.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { MadeLessons } from '../../testing/held.ts';
import type { TestPerson } from '../../testing/person.ts';
import { planDemoLesson } from '../demo/seed.ts';
import { AutoOpen } from '../room/auto-open.ts';
import { openRoomScreens } from './open-room-screens.ts';

// Dozens of requests and a real PostgreSQL, on a machine that does other things as well.
jest.setTimeout(30_000);

onBothDatabases("a classroom's screen", (open) => {
  let app: TestApp;
  let master: TestPerson;
  let remote: TestPerson;
  let teacher: TestPerson;
  let lessonId: string;
  beforeAll(async () => {
    app = await TestApp.open(
      ({ db, lessons }) => ({
        api: [
          openRoomScreens({
            db,
            lessons,
            config: Config.parse({}),
          }),
        ],
      }),
      { open },
    );
    master = await app.signIn('实验小学录播教室');
    remote = await app.signIn('石门教学点教室');
    teacher = await app.signIn('陈静');
    lessonId = await planDemoLesson(app.db, app.seed);
  });
  afterAll(() => app.close());

  const screenOf = (room: TestPerson) => room.get(RoomScreen, 'GET', '/api/room/screen');
  const change = (set: Record<string, unknown>) =>
    app.db.updateTable('lesson').set(set).where('id', '=', lessonId).execute();

  test("shows the room's lessons, each school's period, and who has switched on", async () => {
    await change({ period: 2, auto_open: true });
    await app.db
      .updateTable('lesson_remote')
      .set({ period: 3 })
      .where('lesson_id', '=', lessonId)
      .where('classroom_id', '=', remote.accountId)
      .execute();
    const before = (await screenOf(remote)).lessons.find(({ lesson }) => lesson.lessonId === lessonId)!;
    expect(before).toMatchObject({ lesson: { role: 'remote', autoOpen: true } });
    expect(before.rooms[0]).toMatchObject({ isMaster: true, period: 2, presence: 'away', light: null });
    expect(before.rooms.find(({ accountId }) => accountId === remote.accountId)).toMatchObject({ period: 3 });

    const screen = await remote.get(RoomScreen, 'POST', '/api/room/here');
    expect(screen).toMatchObject({ timeZone: 'Asia/Shanghai', name: '石门教学点教室' });
    const seen = await teacher.get(z.array(LessonReadiness), 'GET', `/api/readiness?lessons=${lessonId}`);
    const presences = seen[0]!.rooms.map(({ accountId, presence }) => [accountId, presence]);
    expect(presences).toContainEqual([remote.accountId, 'ready']);
    expect(presences).toContainEqual([master.accountId, 'away']);
  });

  test('who is inside, lost or in another lesson is read from the timelines, whichever process wrote them', async () => {
    const made = new MadeLessons(app);
    const now = Date.now();
    const seen = async () => {
      const [answer] = await teacher.get(
        z.array(LessonReadiness),
        'GET',
        `/api/readiness?lessons=${lessonId}`,
      );
      return answer!.rooms.find(({ accountId }) => accountId === remote.accountId)!.presence;
    };
    const lost = async () =>
      (await screenOf(remote)).lessons.find(({ lesson }) => lesson.lessonId === lessonId)!.lost;
    await made.happen(lessonId, now, [[0, 'joined', '石门教学点教室']]);
    expect([await seen(), await lost()]).toEqual(['inLesson', false]);
    await made.happen(lessonId, now, [[1, 'away', '石门教学点教室']]);
    expect([await seen(), await lost()]).toEqual(['ready', false]);
    await made.happen(lessonId, now, [[2, 'lost', '石门教学点教室']]);
    expect([await seen(), await lost()]).toEqual(['ready', true]);
    const before = await made.plan({ at: now - 3_000_000, remote: ['石门教学点教室'] });
    await made.happen(before, now, [
      [0, 'started'],
      [0, 'joined', '石门教学点教室'],
    ]);
    expect(await seen()).toBe('elsewhere');
    await made.happen(before, now, [[1, 'ended']]);
    expect(await seen()).toBe('ready');
  });

  test('a cancelled lesson is not on it, tomorrow’s is the next', async () => {
    await change({ cancelled_at: new Date() });
    expect((await screenOf(remote)).lessons.map(({ lesson }) => lesson.lessonId)).not.toContain(lessonId);
    const start = new Date(Date.now() + 26 * 3_600_000);
    await change({
      cancelled_at: null,
      planned_start: start,
      planned_end: new Date(start.getTime() + 2_400_000),
    });
    expect((await screenOf(remote)).next).toMatchObject({ plannedStart: start.getTime() });
    await change({ planned_start: new Date(), planned_end: new Date(Date.now() + 2_400_000) });
  });

  test('a person has no screen, and a stranger hears nothing of a lesson’s rooms', async () => {
    expect(await teacher.code('GET', '/api/room/screen')).toBe('FORBIDDEN');
    expect(await app.anonymous().code('POST', '/api/room/here')).toBe('NOT_SIGNED_IN');
    const stranger = await app.signIn('周明');
    const answer = await stranger.ask('GET', `/api/readiness?lessons=${lessonId},AAAAAAAAAAAAAAAAAAAAAA`);
    expect(answer.body).toEqual([]);
    expect(await stranger.code('GET', '/api/readiness?lessons=x')).toBe('BAD_REQUEST');
  });

  test('at the bell the server opens what opens by itself, and nothing else', async () => {
    const opened: string[] = [];
    const sweeper = new AutoOpen({
      db: app.db,
      logger: createLogger('test', 'silent'),
      open: async (lesson) => {
        opened.push(lesson.lessonId);
        await app.db.updateTable('lesson').set({ state: 'open' }).where('id', '=', lesson.lessonId).execute();
      },
    });
    const bell = Date.now() + 3_600_000;
    const end = new Date(bell + 2_400_000);
    await change({ state: 'scheduled', auto_open: true, planned_start: new Date(bell), planned_end: end });
    const sweptAt = async (at: number) => {
      await sweeper.sweep(new Date(at));
      return opened.splice(0);
    };
    expect(await sweptAt(bell - 1)).toEqual([]);
    await change({ cancelled_at: new Date() });
    expect(await sweptAt(bell)).toEqual([]);
    await change({ cancelled_at: null, auto_open: false });
    expect(await sweptAt(bell)).toEqual([]);
    await change({ auto_open: true });
    // The power came back in the middle of the lesson, and once more when it was over.
    expect(await sweptAt(end.getTime())).toEqual([]);
    expect(await sweptAt(bell + 600_000)).toEqual([lessonId]);
    expect(await sweptAt(bell + 600_000)).toEqual([]);
    await sweeper.close();
  });
});
