import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { Organization } from '#protocol/directory.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { TestPerson } from '../../testing/person.ts';
import { DirectoryWorld, fieldsOf, NAMES } from './testing/directory-world.ts';

onBothDatabases('organizations', (open) => {
  let world: DirectoryWorld;
  let bureau: TestPerson;
  beforeAll(async () => {
    world = await DirectoryWorld.open(open);
    bureau = world.bureau;
  });
  afterAll(() => world.app.close());

  const create = (name: string, parentId: string, more: object = {}) =>
    bureau.ask('POST', '/api/organizations', { parentId, name, kind: 'school', ...more });
  const made = async (name: string, parentId: string, more: object = {}) =>
    Organization.parse((await create(name, parentId, more)).body);
  const move = (
    who: TestPerson,
    { organizationId, version }: Organization,
    parentId: string,
    more: object = {},
  ) => who.ask('POST', `/api/organizations/${organizationId}/move`, { parentId, version, ...more });
  const list = async (who: TestPerson, query = '') =>
    Organization.array().parse((await who.ask('GET', `/api/organizations${query}`)).body);

  test('everybody sees the tree from their own place down, with what hangs on it', async () => {
    const all = await list(bureau);
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['清河县教育局', '清河县实验小学', '河口中心小学', '石门教学点']),
    );
    expect(all.find(({ name }) => name === '石门教学点')).toMatchObject({ classrooms: 1, classGroups: 1 });
    expect((await list(world.school)).map(({ name }) => name)).toEqual(['清河县实验小学']);
    expect(await world.app.anonymous().code('GET', '/api/organizations')).toBe('NOT_SIGNED_IN');
  });

  test('names are cleaned, and a name that cannot be is refused beside its field', async () => {
    for (const [raw, kept, issue] of NAMES) {
      const answer = await create(raw, world.at('河口中心小学'), { kind: 'teachingPoint' });
      if (issue) expect([raw, fieldsOf(answer)]).toEqual([raw, [issue]]);
      else expect([raw, (answer.body as Organization).name]).toEqual([raw, kept]);
    }
  });

  test('two of one name side by side, and one code twice, are refused; elsewhere the name is free', async () => {
    const town = world.at('清河县教育局');
    const one = await made('双桥小学', town, { code: 'SQ-001' });
    expect(fieldsOf(await create(' 双桥小学 ', town))).toEqual(['name taken']);
    expect(fieldsOf(await create('双桥二小', town, { code: 'SQ-001' }))).toEqual(['code taken']);
    expect(fieldsOf(await create('双桥二小', town, { code: 'a b!' }))).toEqual(['code format']);
    expect((await create('双桥小学', one.organizationId, { kind: 'teachingPoint' })).status).toBe(201);
  });

  test('a bureau lies below a bureau and nothing below a teaching point', async () => {
    expect(fieldsOf(await create('某局', world.at('河口中心小学'), { kind: 'bureau' }))).toEqual([
      'kind place',
    ]);
    expect(fieldsOf(await create('某点', world.at('石门教学点'), { kind: 'teachingPoint' }))).toEqual([
      'kind place',
    ]);
    const { organizationId, version } = (await list(bureau)).find(({ name }) => name === '清河县教育局')!;
    const asSchool = { name: '清河县教育局', kind: 'teachingPoint', version };
    expect(fieldsOf(await bureau.ask('PUT', `/api/organizations/${organizationId}`, asSchool))).toEqual([
      'kind place',
    ]);
  });

  test('what is moved lands before a sibling; nothing lands below itself, not even by two at once', async () => {
    const town = world.at('清河县教育局');
    const north = await made('北片教育办', town, { kind: 'bureau' });
    const south = await made('南片教育办', town, { kind: 'bureau' });
    expect(fieldsOf(await move(bureau, north, north.organizationId))).toEqual(['parentId loop']);
    const inside = await made('内片', north.organizationId, { kind: 'bureau' });
    expect(fieldsOf(await move(bureau, north, inside.organizationId))).toEqual(['parentId loop']);
    await move(bureau, south, town, { beforeId: north.organizationId });
    const order = (await list(bureau)).filter(({ parentId }) => parentId === town).map(({ name }) => name);
    expect(order.indexOf('南片教育办') + 1).toBe(order.indexOf('北片教育办'));
    const now = await list(bureau);
    const [a, b] = [north, south].map(
      (one) => now.find(({ organizationId }) => organizationId === one.organizationId)!,
    );
    const both = await Promise.all([
      move(bureau, a!, b!.organizationId),
      move(bureau, b!, a!.organizationId),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect((await list(bureau)).length).toBe(now.length);
  });

  test('moving needs the right on both ends, and a school does not close itself', async () => {
    const own = (await list(world.school))[0]!;
    expect((await move(world.school, own, world.at('河口中心小学'))).status).toBe(404);
    const shut = { version: own.version };
    expect(
      (await world.school.ask('POST', `/api/organizations/${own.organizationId}/archive`, shut)).status,
    ).toBe(404);
    for (const id of [world.at('河口中心小学'), newId()]) {
      const answer = await world.school.ask('PUT', `/api/organizations/${id}`, {
        name: 'x',
        kind: 'school',
        version: 1,
      });
      expect([answer.status, (answer.body as { error: { message: string } }).error.message]).toEqual([
        404,
        'no such organization',
      ]);
    }
    expect(
      await world.teacher.code('POST', '/api/organizations', {
        parentId: own.organizationId,
        name: 'x',
        kind: 'school',
      }),
    ).toBe('FORBIDDEN');
  });

  test('of two administrators the second is told who was faster, and nothing is overwritten', async () => {
    const { organizationId, version } = (await list(world.school))[0]!;
    const change = (who: TestPerson, code: string) =>
      who.ask('PUT', `/api/organizations/${organizationId}`, {
        name: '清河县实验小学',
        kind: 'school',
        code,
        version,
      });
    expect((await change(bureau, 'SY1')).status).toBe(200);
    const late = await change(world.school, 'SY2');
    expect(late.status).toBe(409);
    expect((late.body as { error: object }).error).toMatchObject({
      code: 'OVERTAKEN',
      fields: [{ path: 'version', issue: 'conflict', values: { by: '马建国' } }],
    });
    expect((await list(world.school))[0]).toMatchObject({ code: 'SY1', version: version + 1 });
  });

  test('who has people or lessons to come stays; the rest goes with all below it and comes back as it was', async () => {
    const hekou = (await list(bureau)).find(({ name }) => name === '河口中心小学')!;
    const answer = await bureau.ask('POST', `/api/organizations/${hekou.organizationId}/archive`, {
      version: hekou.version,
    });
    expect([answer.status, fieldsOf(answer)]).toEqual([409, ['people conflict']]);
    const top = await made('旧片区', world.at('清河县教育局'), { kind: 'bureau' });
    const below = await made('旧小学', top.organizationId);
    const act = async (what: string) => {
      const { version } = (await list(bureau, '?archived=true')).find(
        (one) => one.organizationId === top.organizationId,
      )!;
      return await bureau.ask('POST', `/api/organizations/${top.organizationId}/${what}`, { version });
    };
    expect((await act('archive')).status).toBe(200);
    expect((await list(bureau)).map(({ name }) => name)).not.toContain(below.name);
    expect(fieldsOf(await create('新校', below.organizationId, { kind: 'teachingPoint' }))).toEqual([
      'parentId unknown',
    ]);
    expect((await act('restore')).status).toBe(200);
    expect((await list(bureau)).map(({ name }) => name)).toContain(below.name);
    expect((await world.audited('directory.changed')).slice(-2)).toMatchObject([
      { change: 'archived' },
      { change: 'restored' },
    ]);
  });

  test('a tree of 200 levels is listed, moved and exported', async () => {
    const ids = Array.from({ length: 200 }, newId);
    const levels = ids.map((id, level) => ({
      ...{ id, name: `第${level}级`, kind: 'bureau' as const },
      parent_id: ids[level - 1] ?? world.at('清河县教育局'),
    }));
    await world.app.db.insertInto('organization').values(levels).execute();
    const all = await list(bureau);
    const [first, deepest] = [ids[0]!, ids.at(-1)!].map(
      (id) => all.find((one) => one.organizationId === id)!,
    );
    expect(fieldsOf(await move(bureau, first!, deepest!.organizationId))).toEqual(['parentId loop']);
    expect((await move(bureau, deepest!, world.at('清河县教育局'))).status).toBe(200);
    const file = await bureau.ask('GET', '/api/organizations?format=csv');
    expect(file.status).toBe(200);
    expect(String(file.body)).toContain('第0级 / 第1级');
    expect((await world.audited('table.exported')).at(-1)).toMatchObject({
      list: 'organizations',
      format: 'csv',
    });
  });
});
