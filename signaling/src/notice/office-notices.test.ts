import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import { Activity } from '#protocol/invitation.ts';
import { type NoticeBody, NoticePage } from '#protocol/notice.ts';
import { Pairing, PairingSaved } from '#protocol/pairing.ts';
import { MakeTermProgress } from '#protocol/timetable.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { TestPerson } from '../../testing/person.ts';
import { type TimetableWorld, timetableWorld } from '../../testing/timetable.ts';
import { invitationRoutes } from '../invitation/invitation-routes.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { pairingRoutes } from '../pairing/pairing-routes.ts';
import { LessonMaker } from '../timetable/make-lessons.ts';
import { timetableRoutes } from '../timetable/timetable-routes.ts';
import { noticeRoutes } from './notice-routes.ts';

onBothDatabases('notices of pairings, terms and invitations', (open) => {
  let app: TestApp;
  let world: TimetableWorld;
  let [bureau, town, river, teacher, assistant]: TestPerson[] = [];
  beforeAll(async () => {
    app = await TestApp.open(
      (shared) => {
        const parts = { ...shared, config: Config.parse({}) } as unknown as OfficeParts;
        const maker = new LessonMaker('Asia/Shanghai');
        const routes = [pairingRoutes(parts, maker), timetableRoutes(parts, maker), noticeRoutes(parts)];
        return { api: [...routes, invitationRoutes(parts)] };
      },
      { open },
    );
    world = await timetableWorld(app.db);
    await head('高校长', world.school);
    await head('何校长', world.remoteSchool);
    [bureau, town, river, teacher, assistant] = await Promise.all(
      ['马建国', '高校长', '何校长', '陈静', '李秀兰'].map((name) => app.signIn(name)),
    );
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.db.deleteFrom('lesson').execute();
    await app.db.deleteFrom('notice').execute();
  });

  async function head(name: string, organization_id: string): Promise<void> {
    const id = newId();
    await app.db.insertInto('account').values({ id, organization_id, kind: 'person', name }).execute();
    await app.db
      .insertInto('account_role')
      .values({ account_id: id, organization_id, role: 'administrator' })
      .execute();
  }
  const told = async (who: TestPerson | undefined): Promise<NoticeBody[]> =>
    (await who!.get(NoticePage, 'GET', '/api/notices')).notices.map(({ body }) => body);
  const seen = async (who: TestPerson | undefined) => {
    const { notices } = await who!.get(NoticePage, 'GET', '/api/notices');
    await who!.ask('POST', '/api/notices/read', { upTo: notices[0]!.noticeId });
  };
  const act = async (who: TestPerson | undefined, act: object) => {
    const { version } = await who!.get(Pairing, 'GET', `/api/pairings/${world.pairingId}`);
    const path = `/api/pairings/${world.pairingId}/state`;
    return await who!.get(PairingSaved, 'POST', path, { ...act, version });
  };

  test('each side hears that a pairing waits for it, and all what becomes of it', async () => {
    await app.db
      .updateTable('pairing')
      .set({ state: 'draft', approved_at: null, approved_by: null })
      .execute();
    await app.db.updateTable('pairing_remote').set({ approved_at: null, approved_by: null }).execute();
    await act(town, { act: 'submit' });
    // The teaching point has nobody of its own: the school above it is asked.
    expect(await told(river)).toMatchObject([
      { what: 'waiting', master: '清河县实验小学 五年级(2)班', subjects: ['英语'] },
    ]);
    expect(await told(town)).toEqual([]);
    await seen(river);
    await act(river, { act: 'approve', organizationIds: [world.point] });
    expect(await told(town)).toMatchObject([{ what: 'approved' }]);
    // It has been told that it waits for it, and is not told so again.
    expect(await told(river)).toHaveLength(1);
    const { lessons } = await act(river, { act: 'approve' });
    expect(lessons.made).toBeGreaterThan(20);
    expect(await told(town)).toMatchObject([{ what: 'active', made: lessons.made }]);
    expect(await told(teacher)).toEqual([
      { kind: 'lessons', made: lessons.made, changed: 0, removed: 0, from: expect.any(Number) },
    ]);
    const off = await act(town, { act: 'cancel', reason: '学校停课' });
    expect(await told(river)).toMatchObject([
      { what: 'cancelled', reason: '学校停课', removed: off.lessons.removed },
      { what: 'waiting' },
    ]);
    expect(await told(assistant)).toMatchObject([{ made: lessons.made, removed: lessons.made }]);
    await app.db.updateTable('pairing').set({ state: 'active' }).execute();
  });

  test('a term of lessons is one notice for each, which grows, and none where nothing has changed', async () => {
    const generate = () =>
      bureau!.get(MakeTermProgress, 'POST', `/api/timetable/terms/${world.termId}/lessons`, {
        organizationId: world.bureau,
      });
    const { made } = await generate();
    await generate();
    for (const who of [teacher, assistant, town, river])
      expect(await told(who)).toMatchObject([{ kind: 'lessons', made, changed: 0 }]);
    expect(await told(bureau)).toEqual([]);
    await app.db
      .updateTable('pairing_remote')
      .set({ assistant_id: null })
      .where('assistant_id', '=', assistant!.accountId)
      .execute();
    const { changed } = await generate();
    expect(changed).toBe(made);
    expect(await told(assistant)).toMatchObject([{ made, changed: 0, removed: made }]);
    // Who helps in the other room is no matter of the teacher's.
    expect(await told(teacher)).toMatchObject([{ made, changed: 0, removed: 0 }]);
    expect(await told(town)).toMatchObject([{ made, changed, removed: 0 }]);
  });

  test('who is invited hears of it and of what changes, and the host what they answer', async () => {
    const draft = {
      ...{
        organizationId: world.bureau,
        title: '圆的面积',
        subject: '数学',
        grade: '六年级',
        day: '2027-09-15',
      },
      ...{ period: null, startsMinute: 840, endsMinute: 900, teacherId: world.id('陈静'), note: '' },
      ...{ masterClassroomId: world.id('实验小学录播教室'), remoteClassroomIds: [], rubricId: null },
    };
    const { lessonId } = await bureau!.get(Activity, 'POST', '/api/activities', draft);
    const accountIds = [assistant!.accountId];
    const { version } = await bureau!.get(Activity, 'POST', `/api/activities/${lessonId}/guests`, {
      ...{ part: 'reviewer', accountIds },
    });
    expect(await told(assistant)).toMatchObject([{ was: null, now: { part: 'reviewer' } }]);
    await assistant!.ask('POST', `/api/invitations/${lessonId}`, { answer: 'declined' });
    await assistant!.ask('POST', `/api/invitations/${lessonId}`, { answer: 'accepted' });
    expect(await told(bureau)).toMatchObject([
      { kind: 'answer', answer: 'accepted', part: 'reviewer', lesson: { title: '圆的面积' } },
    ]);
    const change = { ...draft, startsMinute: 600, endsMinute: 660, version };
    const moved = await bureau!.get(Activity, 'PUT', `/api/activities/${lessonId}`, change);
    const [latest] = await told(assistant);
    expect(latest).toMatchObject({ now: { start: moved.plannedStart, cancelled: null } });
    await bureau!.ask('POST', `/api/activities/${lessonId}/cancel`, {
      version: moved.version,
      reason: '调整',
    });
    expect(await told(teacher)).toEqual([]);
    expect((await told(assistant))[0]).toMatchObject({ now: { cancelled: '调整' } });
  });
});
