import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { BulkResult, Person } from '#protocol/directory.ts';
import { LinesResult } from '#protocol/directory-lines.ts';
import { tablePage } from '#protocol/table.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { Answer, TestPerson } from '../../testing/person.ts';
import { loginBase } from './logins.ts';
import { DirectoryWorld, fieldsOf, NAMES } from './testing/directory-world.ts';

test('a login is a name as one would type it', () => {
  const names = ['陈静', '单丹丹', '吕布', '欧阳娜娜', '阿依古丽·买买提', 'Anna-Lena Müller', '🌞🌞', '王'];
  expect(names.map(loginBase)).toEqual([
    ...['chenjing', 'shandandan', 'lvbu', 'ouyangnana', 'ayigulimaimaiti', 'annalenamuller', 'user', 'wang'],
  ]);
});

onBothDatabases('people', (open) => {
  let world: DirectoryWorld;
  let bureau: TestPerson;
  let town: string;
  beforeAll(async () => {
    world = await DirectoryWorld.open(open);
    bureau = world.bureau;
    town = world.at('清河县实验小学');
  });
  afterAll(() => world.app.close());

  const create = (name: string, more: object = {}, who = bureau) =>
    who.ask('POST', '/api/people', {
      ...{ name, organizationId: town, roles: [{ role: 'teacher', organizationId: town }] },
      ...more,
    });
  const made = async (name: string, more: object = {}) => Person.parse((await create(name, more)).body);
  const put = (who: TestPerson, person: Person, change: object = {}) =>
    who.ask('PUT', `/api/people/${person.accountId}`, { ...person, classGroupIds: [], ...change });
  const list = async (who: TestPerson, query = '') =>
    tablePage(Person).parse((await who.ask('GET', `/api/people?${query}`)).body);
  const bulk = async (who: TestPerson, people: Person[], act: object) => {
    const answer = await who.ask('POST', '/api/people/bulk', {
      accountIds: people.map(({ accountId }) => accountId),
      act,
    });
    return answer.status === 200 ? BulkResult.parse(answer.body) : answer.status;
  };
  const lines = (text: string, more: object = {}, who = bureau): Promise<Answer> =>
    who.ask('POST', '/api/people/lines', {
      organizationId: town,
      role: 'teacher',
      text,
      dryRun: true,
      ...more,
    });
  const fates = async (text: string, more: object = {}) =>
    LinesResult.parse((await lines(text, more)).body).lines.map(({ name, role, fate, problem }) =>
      [name, role, fate, problem].filter(Boolean).join(' '),
    );

  test('names are cleaned or refused beside their field; codes and logins are somebody’s once', async () => {
    for (const [raw, kept, issue] of NAMES) {
      const answer = await create(raw);
      if (issue) expect([raw, fieldsOf(answer)]).toEqual([raw, [issue]]);
      else expect([raw, (answer.body as Person).name]).toEqual([raw, kept]);
    }
    await made('韩梅梅', { login: 'HanMeimei', number: 'T-1' });
    expect(fieldsOf(await create('韩梅', { login: 'hanmeimei' }))).toEqual(['login taken']);
    expect(fieldsOf(await create('韩梅', { login: 'han meimei' }))).toEqual(['login format']);
    expect(fieldsOf(await create('韩梅', { login: 'h' }))).toEqual(['login tooShort']);
    expect(fieldsOf(await create('韩梅', { number: ' Ｔ-1 ' }))).toEqual(['number taken']);
    expect(fieldsOf(await create('韩梅', { number: 'T 1' }))).toEqual(['number format']);
    const again = await bureau.ask('GET', `/api/people/login?name=${encodeURIComponent('韩梅梅')}`);
    expect(again.body).toEqual({ login: 'hanmeimei2' });
  });

  test('everybody sees their own people; pupils only who keeps their accounts', async () => {
    const names = async (who: TestPerson, query = '') =>
      (await list(who, query)).rows.map(({ name }) => name);
    expect(await names(bureau, 'pageSize=500')).toEqual(
      expect.arrayContaining(['陈静', '刘小雨', '曹雪晴', '林芳']),
    );
    const own = await names(world.school, 'pageSize=500');
    expect([own.includes('陈静'), own.includes('刘小雨'), own.includes('陈思远')]).toEqual([
      true,
      false,
      true,
    ]);
    const colleagues = await names(world.teacher, 'pageSize=500');
    expect([colleagues.includes('周明'), colleagues.includes('陈思远')]).toEqual([true, false]);
    const pupil = await world.app.signIn('刘小雨');
    expect(await pupil.code('GET', '/api/people')).toBe('FORBIDDEN');
    expect(await names(bureau, `search=${encodeURIComponent('陈 静')}`)).toEqual(['陈静']);
    expect(await names(bureau, 'search=%25')).toEqual([]);
    expect(await names(bureau, `role=researcher`)).toEqual(['林芳']);
    const page = await list(bureau, 'pageSize=5&page=2&sort=-name');
    expect([page.rows.length, page.total > 10]).toEqual([5, true]);
  });

  test('a role is given where one administers, never to oneself, and never two that exclude each other', async () => {
    const person = await made('张三丰');
    const at = (role: string, organizationId = town) => ({ role, organizationId });
    const roles = (who: TestPerson, ...all: object[]) => put(who, person, { roles: all });
    expect(
      (await roles(world.school, at('teacher'), at('administrator', world.at('清河县教育局')))).status,
    ).toBe(404);
    expect((await roles(world.school, at('teacher'), at('teacher', newId()))).status).toBe(404);
    expect(fieldsOf(await roles(bureau, at('administrator'), at('auditor')))).toEqual(['roles separate']);
    const self = (await list(world.school, `search=${encodeURIComponent('周校长')}`)).rows[0]!;
    expect(fieldsOf(await put(world.school, self, { roles: [...self.roles, at('teacher')] }))).toEqual([
      'roles own',
    ]);
    expect((await roles(world.teacher, at('administrator'))).status).toBe(403);
    expect((await roles(world.school, at('teacher'), at('operator'))).status).toBe(200);
    expect((await world.audited('grant.given')).at(-1)).toMatchObject({
      ...{ account_name: '周校长', role: 'operator', object_id: person.accountId },
    });
  });

  test('the security administrator changes roles and access, but keeps no names', async () => {
    await made('安管员', { roles: [{ role: 'security', organizationId: town }] });
    const security = await world.app.signIn('安管员');
    const person = await made('洪七公');
    const { version } = person;
    const roles = [{ role: 'assistant', organizationId: town }];
    expect((await put(security, person, { name: '洪八公' })).status).toBe(403);
    const path = `/api/people/${person.accountId}/roles`;
    const answer = await security.ask('PUT', path, { roles, version });
    expect(Person.parse(answer.body)).toMatchObject({ name: '洪七公', roles });
    expect((await security.ask('PUT', path, { roles, version })).status).toBe(409);
    expect(await bulk(security, [person], { kind: 'disable' })).toMatchObject({ done: [person.accountId] });
    expect(await bulk(security, [person], { kind: 'archive' })).toBe(403);
  });

  test('who loses a role or leaves is signed out at once', async () => {
    await made('段誉');
    const person = (await list(bureau, `search=${encodeURIComponent('段誉')}`)).rows[0]!;
    const session = await world.app.signIn('段誉');
    expect((await session.ask('GET', '/api/reference')).status).toBe(200);
    await put(bureau, person, { roles: [{ role: 'assistant', organizationId: town }] });
    expect(await session.code('GET', '/api/reference')).toBe('NOT_SIGNED_IN');
    const again = await world.app.signIn('段誉');
    const { version } = (await list(bureau, `search=${encodeURIComponent('段誉')}`)).rows[0]!;
    expect((await bureau.ask('POST', `/api/people/${person.accountId}/archive`, { version })).status).toBe(
      200,
    );
    expect(await again.code('GET', '/api/reference')).toBe('NOT_SIGNED_IN');
    expect((await list(bureau, `search=${encodeURIComponent('段誉')}`)).total).toBe(0);
    expect((await list(bureau, `search=${encodeURIComponent('段誉')}&state=archived`)).total).toBe(1);
  });

  test('of two administrators the second is told; neither foreign nor made-up people are told apart', async () => {
    const person = await made('郭靖');
    expect((await put(bureau, person, { number: 'G1' })).status).toBe(200);
    const late = await put(world.school, person, { number: 'G2' });
    expect((late.body as { error: object }).error).toMatchObject({
      ...{ code: 'OVERTAKEN', fields: [{ path: 'version', values: { by: '马建国' } }] },
    });
    const foreign = (await list(bureau, `search=${encodeURIComponent('李秀兰')}`)).rows[0]!;
    const answers = await Promise.all(
      [foreign.accountId, newId()].map((accountId) => put(world.school, { ...foreign, accountId })),
    );
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [404, answers[0]!.body],
      [404, answers[0]!.body],
    ]);
  });

  test('a colleague who is somebody at the bureau too is beyond a school’s administrator', async () => {
    const person = await made('黄蓉');
    await put(bureau, person, {
      roles: [...person.roles, { role: 'researcher', organizationId: world.at('清河县教育局') }],
    });
    const now = (await list(bureau, `search=${encodeURIComponent('黄蓉')}`)).rows[0]!;
    expect((await put(world.school, now, { login: 'mine' })).status).toBe(404);
    const shut = { version: now.version };
    expect((await world.school.ask('POST', `/api/people/${now.accountId}/archive`, shut)).status).toBe(404);
    expect(await bulk(world.school, [now], { kind: 'disable' })).toMatchObject({
      done: [],
      refused: [{ reason: 'notYours' }],
    });
  });

  test('many at once: what may be done is done, of the rest it is said why not, and it goes back again', async () => {
    const some = [await made('甲老师'), await made('乙老师')];
    const self = (await list(world.school, `search=${encodeURIComponent('周校长')}`)).rows[0]!;
    const session = await world.app.signIn('甲老师');
    expect(await bulk(world.school, [...some, self], { kind: 'disable' })).toMatchObject({
      done: some.map(({ accountId }) => accountId),
      refused: [{ name: '周校长', reason: 'yourself' }],
    });
    expect(await session.code('GET', '/api/reference')).toBe('NOT_SIGNED_IN');
    expect(await bulk(world.school, some, { kind: 'disable' })).toMatchObject({
      refused: [{ reason: 'already' }, { reason: 'already' }],
    });
    expect(await bulk(world.school, some, { kind: 'enable' })).toMatchObject({ refused: [] });
    const elsewhere = { kind: 'giveRole', role: 'teacher', organizationId: world.at('石门教学点') };
    expect(await bulk(world.school, some, elsewhere)).toBe(404);
    expect(await bulk(bureau, some, { ...elsewhere, role: 'administrator' })).toMatchObject({ refused: [] });
    expect(await bulk(bureau, some, { ...elsewhere, role: 'security' })).toMatchObject({
      refused: [{ reason: 'separateRoles' }, {}],
    });
    await bulk(bureau, some, { kind: 'move', organizationId: world.at('河口中心小学') });
    const moved = (await list(bureau, `search=${encodeURIComponent('甲老师')}`)).rows[0]!;
    expect([
      moved.organizationName,
      moved.roles.find(({ role }) => role === 'teacher')?.organizationName,
    ]).toEqual([...['河口中心小学', '河口中心小学']]);
  });

  test('pasted lines are shown first, then all are made or none', async () => {
    const text =
      '姓名\t身份\t工号\n赵敏\t教师\tP1\n周芷若\t大侠\tP2\n\t老师\tP3\n\u200b小昭\t\t\n赵敏\t老师\tP1\n陈静\t\t\n张无忌\t老师\tP1';
    expect(await fates(text)).toEqual([
      ...['赵敏 teacher new', '周芷若 wrong roleUnknown', 'teacher wrong noName', '小昭 teacher new'],
      ...[
        '赵敏 teacher known numberTwice',
        '陈静 teacher known sameName',
        '张无忌 teacher wrong numberTwice',
      ],
    ]);
    expect(fieldsOf(await lines(text, { dryRun: false }))).toEqual(['text format']);
    expect((await list(bureau, `search=${encodeURIComponent('小昭')}`)).total).toBe(0);
    expect(fieldsOf(await lines('王\n'.repeat(1_001)))).toEqual(['text tooLong']);
    expect(await fates('=2+2,老师\n杨逍 助教\n长'.concat('长'.repeat(80)))).toEqual([
      ...['=2+2 teacher new', '杨逍 assistant new', expect.stringContaining('wrong nameTooLong')],
    ]);
    const good = LinesResult.parse((await lines('灭绝\tT9\n灭绝\tT10\n杨不悔', { dryRun: false })).body);
    expect(good).toMatchObject({
      created: 3,
      lines: [{ login: 'miejue' }, { login: 'miejue2' }, { login: 'yangbuhui' }],
    });
    expect(await fates('灭绝\tT9\n范遥\tT10')).toEqual([
      '灭绝 teacher known',
      '范遥 teacher wrong sameNumber',
    ]);
  });

  test('a class is filled by pasting its names; pupils need no login', async () => {
    const group = await world.app.db
      .selectFrom('class_group')
      .select('id')
      .where('name', '=', '五年级(2)班')
      .executeTakeFirstOrThrow();
    const more = { role: 'student', classGroupId: group.id, dryRun: false };
    const answer = LinesResult.parse((await lines('小太阳🌞\n欧阳锋 20230101', more)).body);
    expect(answer).toMatchObject({
      created: 2,
      lines: [{ login: null, role: 'student' }, { number: '20230101' }],
    });
    const found = await list(bureau, `classGroup=${group.id}&search=${encodeURIComponent('欧阳')}`);
    expect(found.rows[0]).toMatchObject({
      classGroups: [{ name: '五年级(2)班' }],
      roles: [{ role: 'student' }],
    });
    const elsewhere = { ...more, organizationId: world.at('河口中心小学') };
    expect(fieldsOf(await lines('某某', elsewhere))).toEqual(['classGroupId unknown']);
  });

  test('the list leaves as a file with the same filters, and the audit says so', async () => {
    await made('=cmd|calc');
    const answer = await bureau.ask(
      'GET',
      `/api/people?format=csv&role=teacher&search=${encodeURIComponent('calc')}`,
    );
    expect(answer.body).toContain("'=cmd|calc");
    expect(String(answer.body)).not.toContain('陈静');
    expect((await world.audited('table.exported')).at(-1)).toMatchObject({
      list: 'people',
      rows: 1,
      question: { role: 'teacher' },
    });
    expect((await bureau.ask('GET', '/api/people?format=xlsx')).status).toBe(200);
    expect(await bureau.code('GET', '/api/people?format=exe')).toBe('BAD_REQUEST');
  });
});
