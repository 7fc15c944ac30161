import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import { BellSchedule, BellsSaved, mainPeriodOf, overlapsOf, SchoolBells } from '#protocol/bells.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { Answer, TestPerson } from '../../testing/person.ts';
import { noTimetable } from '../pairing/planned-lessons.ts';
import { bellRoutes } from './bell-routes.ts';
import { bellsOf } from './bells-of.ts';

const periods = (...times: [number, number][]) =>
  times.map(([startsMinute, endsMinute], index) => ({ period: index + 1, startsMinute, endsMinute }));
const MORNING = periods([500, 540], [550, 590], [610, 650]);

onBothDatabases('bells', (open) => {
  let app: TestApp;
  let bureau: TestPerson;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    app = await TestApp.open(
      (parts) => ({ api: [bellRoutes({ ...parts, config: Config.parse({}) }, noTimetable)] }),
      { open },
    );
    bureau = await app.signIn('马建国');
    for (const { id, name } of await app.db.selectFrom('organization').selectAll().execute())
      ids.set(name, id);
  });
  afterAll(() => app.close());

  const at = (name: string) => ids.get(name)!;
  const create = (school: string, changes: object = {}) =>
    bureau.ask('POST', '/api/bells', {
      ...{ organizationId: at(school), name: '夏季作息', startsOn: '2026-09-01', periods: MORNING },
      ...changes,
    });
  const fieldsOf = ({ body }: Answer) =>
    (body as { error: { fields: { path: string; issue: string }[] } }).error.fields.map(
      ({ path, issue }) => `${path} ${issue}`,
    );
  const nameOn = async (school: string, day: string) =>
    (await bellsOf(app.db, at(school), day))?.name ?? null;

  test('hold from their day until the next, and at a teaching point those of its school', async () => {
    expect(await nameOn('石门教学点', '2026-11-01')).toBeNull();
    expect((await create('河口中心小学')).status).toBe(201);
    const winter = { name: '冬季作息', startsOn: '2026-11-01', periods: periods([510, 550]) };
    await create('河口中心小学', winter);
    expect(await nameOn('河口中心小学', '2026-10-31')).toBe('夏季作息');
    expect(await nameOn('河口中心小学', '2026-11-01')).toBe('冬季作息');
    expect(await nameOn('河口中心小学', '2026-08-01')).toBe('夏季作息');
    expect(await nameOn('石门教学点', '2026-11-01')).toBe('冬季作息');
    expect(await nameOn('清河县实验小学', '2026-11-01')).toBeNull();
    await create('石门教学点', { name: '石门', startsOn: '2027-03-01' });
    expect(await nameOn('石门教学点', '2026-11-01')).toBe('石门');
    const all = await bureau.get(SchoolBells.array(), 'GET', '/api/bells?day=2026-11-02');
    expect(all.map(({ organizationName, bells }) => [organizationName, bells?.name ?? null])).toContainEqual([
      '河口中心小学',
      '冬季作息',
    ]);
    const own = await bureau.get(BellSchedule.array(), 'GET', `/api/bells/${at('河口中心小学')}`);
    expect(own.map(({ name }) => name)).toEqual(['冬季作息', '夏季作息']);
  });

  test('that overlap or run backwards say so at the field', async () => {
    const wrong: [object[], string[]][] = [
      [periods([500, 540], [530, 570]), ['periods.1.startsMinute conflict']],
      [periods([600, 640], [500, 540]), ['periods.1.startsMinute conflict']],
      [periods([540, 540]), ['periods.0.endsMinute order']],
      [[...MORNING, { ...MORNING[0]!, startsMinute: 700, endsMinute: 740 }], ['periods.3.period taken']],
      [periods([500, 1500]), ['periods.0.endsMinute range']],
      [[], ['periods required']],
    ];
    for (const [each, fields] of wrong)
      expect(fieldsOf(await create('清河县实验小学', { periods: each }))).toEqual(fields);
    expect(fieldsOf(await create('河口中心小学'))).toEqual(['startsOn conflict']);
    expect((await create('清河县实验小学', { periods: periods([500, 540], [540, 580]) })).status).toBe(201);
  });

  test('are changed by one of two; the other is told', async () => {
    const [schedule] = await bureau.get(BellSchedule.array(), 'GET', `/api/bells/${at('清河县实验小学')}`);
    const { scheduleId, version, startsOn } = schedule!;
    const change = { name: '新作息', startsOn, periods: MORNING, version };
    const { bells } = await bureau.get(BellsSaved, 'PUT', `/api/bells/${scheduleId}`, change);
    expect(bells).toMatchObject({ name: '新作息', version: 2, periods: MORNING });
    expect(await bureau.code('PUT', `/api/bells/${scheduleId}`, { ...change, name: '晚了' })).toBe(
      'OVERTAKEN',
    );
  });

  test('are copied to many schools at once, replacing those of the same day', async () => {
    const [source] = await bureau.get(BellSchedule.array(), 'GET', `/api/bells/${at('清河县实验小学')}`);
    const organizationIds = [at('河口中心小学'), at('石门教学点')];
    const body = { scheduleId: source!.scheduleId, startsOn: '2026-11-01', organizationIds };
    expect((await bureau.ask('POST', '/api/bells/copies', body)).body).toEqual({ added: 1, replaced: 1 });
    expect(await nameOn('石门教学点', '2026-11-01')).toBe('新作息');
    expect(await bureau.code('POST', '/api/bells/copies', { ...body, organizationIds: [newId()] })).toBe(
      'NOT_FOUND',
    );
  });

  test('are for administrators to change', async () => {
    const teacher = await app.signIn('陈静');
    const body = {
      organizationId: teacher.account!.organizationId,
      name: '我的',
      startsOn: '2026-09-02',
      periods: MORNING,
    };
    expect(await teacher.code('POST', '/api/bells', body)).toBe('FORBIDDEN');
    expect(await teacher.code('GET', `/api/bells/${at('河口中心小学')}`)).toBe('NOT_FOUND');
    expect((await teacher.ask('GET', '/api/bells')).status).toBe(200);
  });
});

test('a lesson of one school is told by another’s bells', () => {
  const other = periods([500, 540], [545, 585], [610, 650]);
  expect(overlapsOf({ startsMinute: 610, endsMinute: 650 }, other)).toEqual([{ period: 3, how: 'same' }]);
  expect(overlapsOf({ startsMinute: 530, endsMinute: 570 }, other)).toEqual([
    { period: 1, how: 'part' },
    { period: 2, how: 'part' },
  ]);
  expect(overlapsOf({ startsMinute: 590, endsMinute: 605 }, other)).toEqual([]);
  expect(mainPeriodOf({ startsMinute: 530, endsMinute: 570 }, other)).toBe(2);
  expect(mainPeriodOf({ startsMinute: 590, endsMinute: 605 }, other)).toBeNull();
});
