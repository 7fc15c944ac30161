import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Config } from '#platform/config.ts';
import {
  Activity,
  ActivityChoices,
  type ActivityDraft,
  InvitablePerson,
  Invitation,
  NameMatch,
  Rubric,
} from '#protocol/invitation.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { MadeLessons } from '../../testing/held.ts';
import type { TestPerson } from '../../testing/person.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { invitationRoutes } from './invitation-routes.ts';

const NOW = Date.parse('2027-03-10T10:00:00+08:00');
const BELL = Date.parse('2027-03-17T14:00:00+08:00');
/** Turned direction, an invisible tag, markup and an emoji of several code points. */
const HOSTILE = '<img src=x onerror=alert(1)>\u202E评课\u200B👩‍🏫';

onBothDatabases('invitations', (open) => {
  let app: TestApp;
  let made: MadeLessons;
  let now = NOW;
  let researcher: TestPerson;
  let school: TestPerson;
  let foreign: TestPerson;
  let guest: TestPerson;
  let reviewer: TestPerson;
  let draft: ActivityDraft;

  beforeAll(async () => {
    app = await TestApp.open(
      (parts) => {
        const office = { ...parts, config: Config.parse({}) } as unknown as OfficeParts;
        return { api: [invitationRoutes(office, () => now)] };
      },
      { open },
    );
    made = new MadeLessons(app);
    await app.db
      .insertInto('organization')
      .values({ id: 'X'.repeat(22), kind: 'bureau', name: '别的县', parent_id: null })
      .execute();
    await made.person('外人', '别的县', 'administrator');
    await made.person('石校长', '石门教学点', 'administrator');
    researcher = await app.signIn('林芳');
    school = await app.signIn('石校长');
    foreign = await app.signIn('外人');
    guest = await app.signIn('李秀兰');
    reviewer = await app.signIn('周明');
    draft = {
      organizationId: await made.id('清河县教育局'),
      title: '同课异构：圆的面积',
      subject: '数学',
      grade: '六年级',
      day: '2027-03-17',
      period: null,
      startsMinute: 14 * 60,
      endsMinute: 15 * 60,
      teacherId: await made.id('陈静'),
      masterClassroomId: await made.id('实验小学录播教室'),
      remoteClassroomIds: [await made.id('河口小学多媒体教室')],
      rubricId: null,
      note: '',
      // Many of one time here.
      despiteClashes: true,
    };
  });
  afterAll(() => app.close());

  const make = (more: Partial<ActivityDraft> = {}) =>
    researcher.get(Activity, 'POST', '/api/activities', { ...draft, ...more });
  const invite = (lessonId: string, part: string, ...people: TestPerson[]) =>
    researcher.get(Activity, 'POST', `/api/activities/${lessonId}/guests`, {
      part,
      accountIds: people.map(({ accountId }) => accountId),
    });
  const changeOf = ({ version }: Activity, more: object = {}) => {
    const { organizationId: _, ...rest } = draft;
    return { ...rest, version, ...more };
  };
  const mine = async (person: TestPerson, lessonId: string) =>
    (await person.get(z.array(Invitation), 'GET', '/api/invitations')).find(
      (each) => each.lessonId === lessonId,
    );
  const answer = (person: TestPerson, lessonId: string, word: string) =>
    person.ask('POST', `/api/invitations/${lessonId}`, { answer: word });

  test('somebody is invited, answers, and the inviter sees who comes', async () => {
    const activity = await make();
    expect(activity).toMatchObject({
      plannedStart: BELL,
      day: '2027-03-17',
      startsMinute: 840,
      state: 'planned',
    });
    const { lessonId } = activity;
    await invite(lessonId, 'guest', guest);
    await invite(lessonId, 'reviewer', reviewer);
    expect(await mine(guest, lessonId)).toMatchObject({
      answer: 'invited',
      part: 'guest',
      invitedByName: '林芳',
    });
    expect((await answer(guest, lessonId, 'accepted')).status).toBe(200);
    expect((await answer(reviewer, lessonId, 'declined')).status).toBe(200);
    const { guests } = await researcher.get(Activity, 'GET', `/api/activities/${lessonId}`);
    expect(guests.map(({ name, state }) => [name, state])).toEqual(
      expect.arrayContaining([
        ['李秀兰', 'accepted'],
        ['周明', 'declined'],
      ]),
    );
    // Whoever is invited once more as something else keeps the answer.
    await invite(lessonId, 'reviewer', guest);
    expect(await mine(guest, lessonId)).toMatchObject({ answer: 'accepted', part: 'reviewer' });
    const entries = await app.db
      .selectFrom('audit_entry')
      .select('detail')
      .where('action', '=', 'invitation.changed')
      .where('object_id', '=', lessonId)
      .orderBy('seq')
      .execute();
    expect(entries.map(({ detail }) => (detail as { what: string }).what)).toEqual([
      'made',
      'invited',
      'invited',
      'accepted',
      'declined',
      'invited',
    ]);
  });

  test('a moved activity asks everybody again and says when it was to be; a cancelled one says why', async () => {
    const activity = await make();
    const { lessonId } = activity;
    const path = `/api/activities/${lessonId}`;
    await invite(lessonId, 'guest', guest);
    await answer(guest, lessonId, 'accepted');
    const renamed = await researcher.get(Activity, 'PUT', path, changeOf(activity, { title: '新题目' }));
    expect(await mine(guest, lessonId)).toMatchObject({
      answer: 'accepted',
      title: '新题目',
      movedFrom: null,
    });
    const moved = await researcher.get(Activity, 'PUT', path, changeOf(renamed, { day: '2027-03-18' }));
    expect(moved.movedFrom).toBe(BELL);
    expect(await mine(guest, lessonId)).toMatchObject({ answer: 'invited', movedFrom: BELL });
    expect(await researcher.code('PUT', path, changeOf(renamed))).toBe('OVERTAKEN');
    expect(await researcher.code('POST', `${path}/cancel`, { version: 1, reason: '停电' })).toBe('OVERTAKEN');
    await researcher.get(Activity, 'POST', `${path}/cancel`, { version: moved.version, reason: '停电' });
    expect(await mine(guest, lessonId)).toMatchObject({ state: 'cancelled', cancelReason: '停电' });
    expect((await answer(guest, lessonId, 'accepted')).status).toBe(409);
    expect(await researcher.code('PUT', path, changeOf({ ...moved, version: moved.version + 1 }))).toBe(
      'WRONG_STATE',
    );
  });

  test('what is over is not changed, and nobody is invited to it', async () => {
    const { lessonId, version } = await make({ day: '2027-03-11' });
    now = Date.parse('2027-03-12T10:00:00+08:00');
    const path = `/api/activities/${lessonId}`;
    expect(await researcher.code('POST', `${path}/cancel`, { version, reason: '晚了' })).toBe('WRONG_STATE');
    expect(
      await researcher.code('POST', `${path}/guests`, { part: 'guest', accountIds: [guest.accountId] }),
    ).toBe('WRONG_STATE');
    now = NOW;
  });

  test('a form that names what is not there is told which field it is', async () => {
    const fieldsOf = async (more: Partial<ActivityDraft>) => {
      const { status, body } = await researcher.ask('POST', '/api/activities', { ...draft, ...more });
      expect(status).toBeGreaterThanOrEqual(400);
      return (body as { error: { fields: { path: string; issue: string }[] } }).error.fields.map(
        ({ path, issue }) => `${path} ${issue}`,
      );
    };
    const nobody = 'N'.repeat(22);
    expect(await fieldsOf({ startsMinute: 900, endsMinute: 900 })).toEqual(['endsMinute order']);
    expect(await fieldsOf({ day: '2026-03-17' })).toEqual(['day range']);
    expect(await fieldsOf({ day: '2027-02-29' })).toEqual(['day format']);
    expect(await fieldsOf({ title: ' \u200B ' })).toHaveLength(1);
    expect(await fieldsOf({ title: '长'.repeat(61) })).toHaveLength(1);
    expect(
      await fieldsOf({
        teacherId: nobody,
        masterClassroomId: nobody,
        rubricId: nobody,
        remoteClassroomIds: [nobody],
      }),
    ).toEqual([
      'masterClassroomId unknown',
      'remoteClassroomIds unknown',
      'teacherId unknown',
      'rubricId unknown',
    ]);
    expect(await fieldsOf({ teacherId: foreign.accountId })).toEqual(['teacherId unknown']);
    expect(await fieldsOf({ remoteClassroomIds: [draft.masterClassroomId] })).toEqual([
      'remoteClassroomIds conflict',
    ]);
  });

  test('hostile texts are kept as text, without what turns or hides', async () => {
    const { title, note, lessonId } = await make({ title: HOSTILE, note: `一\n${HOSTILE}\u0000` });
    expect(title).toBe('<img src=x onerror=alert(1)>评课👩‍🏫');
    expect(note).toBe('一\n<img src=x onerror=alert(1)>评课👩‍🏫');
    expect((await make({ title: "'; drop table lesson; --" })).title).toBe("'; drop table lesson; --");
    await invite(lessonId, 'guest', guest);
    expect((await mine(guest, lessonId))?.title).toBe(title);
    for (const q of ['%', '_', '\\', "'", HOSTILE])
      expect(
        await researcher.get(
          z.array(InvitablePerson),
          'GET',
          `/api/activities/people?organizationId=${draft.organizationId}&q=${encodeURIComponent(q)}`,
        ),
      ).toEqual([]);
  });

  test('people are found by a part of the name, and pasted names by the whole of it', async () => {
    const where = `organizationId=${draft.organizationId}`;
    const found = await researcher.get(
      z.array(InvitablePerson),
      'GET',
      `/api/activities/people?${where}&q=陈`,
    );
    expect(found.map(({ name }) => name)).toEqual(['陈静']);
    const all = await researcher.get(z.array(InvitablePerson), 'GET', `/api/activities/people?${where}`);
    expect(all.map(({ name }) => name)).not.toContain('外人');
    expect(all.map(({ name }) => name)).not.toContain('刘小雨');
    await made.person('陈静', '河口中心小学', 'teacher');
    const matches = await researcher.get(z.array(NameMatch), 'POST', '/api/activities/names', {
      organizationId: draft.organizationId,
      names: [' 陈静 ', '周明', '查无此人', '', '陈静', '外人'],
    });
    expect(matches.map(({ name, people }) => [name, people.length])).toEqual([
      ['陈静', 2],
      ['周明', 1],
      ['查无此人', 0],
      ['外人', 0],
    ]);
    const choices = await researcher.get(ActivityChoices, 'GET', `/api/activities/choices?${where}`);
    expect(choices.rooms).toHaveLength(3);
    expect(choices.organizations).toHaveLength(4);
    expect(choices.subjects).toEqual(expect.arrayContaining(['英语', '音乐']));
  });

  const ITEMS = [{ name: '教学目标', maximum: 20, hint: '明确、可检测' }];
  test('a rubric is used below where it is kept, shown to reviewers, and changed by one at a time', async () => {
    const rubric = await researcher.get(Rubric, 'POST', '/api/rubrics', {
      organizationId: draft.organizationId,
      title: '评课表',
      items: ITEMS,
    });
    const { lessonId } = await make({ rubricId: rubric.rubricId });
    await invite(lessonId, 'guest', guest);
    await invite(lessonId, 'reviewer', reviewer);
    expect((await mine(guest, lessonId))?.rubric).toBeNull();
    expect((await mine(reviewer, lessonId))?.rubric).toEqual({ title: '评课表', items: ITEMS });
    const path = `/api/rubrics/${rubric.rubricId}`;
    const usable = async (person: TestPerson, organization: string) =>
      (
        await person.get(z.array(Rubric), 'GET', `/api/rubrics?organizationId=${await made.id(organization)}`)
      ).map(({ title, mayEdit }) => [title, mayEdit]);
    expect(await usable(school, '石门教学点')).toEqual([['评课表', false]]);
    expect(await usable(foreign, '别的县')).toEqual([]);
    const change = { title: '评课表 2', items: ITEMS, version: rubric.version };
    expect(await school.code('PUT', path, change)).toBe('NOT_FOUND');
    await researcher.get(Rubric, 'PUT', path, change);
    expect(await researcher.code('PUT', path, change)).toBe('OVERTAKEN');
    expect(await researcher.code('PUT', path, { ...change, items: [] })).toBe('BAD_REQUEST');
    await researcher.get(Rubric, 'DELETE', path);
    expect(await usable(school, '石门教学点')).toEqual([]);
    expect((await mine(reviewer, lessonId))?.rubric?.title).toBe('评课表 2');
    expect((await researcher.get(Rubric, 'POST', `${path}/restore`)).archived).toBe(false);
  });

  test('nobody else reads or changes it, and cannot tell whether it is there', async () => {
    const activity = await make();
    const { lessonId } = activity;
    const missing = 'N'.repeat(22);
    const guests = { part: 'guest', accountIds: [guest.accountId] };
    for (const person of [foreign, school])
      for (const id of [lessonId, missing]) {
        const path = `/api/activities/${id}`;
        expect(await person.code('GET', path)).toBe('NOT_FOUND');
        expect(await person.code('PUT', path, changeOf(activity))).toBe('NOT_FOUND');
        expect(await person.code('POST', `${path}/cancel`, { version: 1, reason: '无' })).toBe('NOT_FOUND');
        expect(await person.code('POST', `${path}/guests`, guests)).toBe('NOT_FOUND');
        expect(await person.code('DELETE', `${path}/guests/${guest.accountId}`)).toBe('NOT_FOUND');
        expect((await answer(person, id, 'accepted')).status).toBe(404);
      }
    expect(await foreign.code('POST', '/api/activities', draft)).toBe('NOT_FOUND');
    expect(await guest.code('POST', '/api/activities', draft)).toBe('FORBIDDEN');
    expect(await guest.code('GET', `/api/activities/${lessonId}`)).toBe('FORBIDDEN');
    expect(await app.anonymous().code('GET', '/api/invitations')).toBe('NOT_SIGNED_IN');
    const range = `from=${NOW}&to=${BELL + 1}`;
    expect(await foreign.get(z.array(Activity), 'GET', `/api/activities?${range}`)).toEqual([]);
    const all = await researcher.get(z.array(Activity), 'GET', `/api/activities?${range}`);
    expect(all.map((each) => each.lessonId)).toContain(lessonId);
    expect(
      await researcher.code('POST', `/api/activities/${lessonId}/guests`, {
        part: 'guest',
        accountIds: [foreign.accountId],
      }),
    ).toBe('FIELDS');
    expect(
      (await researcher.get(Activity, 'DELETE', `/api/activities/${lessonId}/guests/${guest.accountId}`))
        .guests,
    ).toEqual([]);
  });
});
