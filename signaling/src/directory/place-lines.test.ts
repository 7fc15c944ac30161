import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PlaceLines, PlaceLinesResult } from '#protocol/directory-lines.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { DirectoryWorld, fieldsOf } from './testing/directory-world.ts';

onBothDatabases('many places at once', (open) => {
  let world: DirectoryWorld;
  let bureau: string;
  beforeAll(async () => {
    world = await DirectoryWorld.open(open);
    bureau = world.at('清河县教育局');
  });
  afterAll(() => world.app.close());

  const ask = (more: Partial<PlaceLines>, who = world.bureau) =>
    who.ask('POST', '/api/directory/lines', { organizationId: bureau, dryRun: true, ...more });
  const lines = async (more: Partial<PlaceLines>) => PlaceLinesResult.parse((await ask(more)).body);
  const fates = async (more: Partial<PlaceLines>) =>
    (await lines(more)).lines.map(({ fate, problem }) =>
      problem ? `${fate} ${problem.column} ${problem.problem}` : fate,
    );

  test('schools come with those below them; a line that cannot be holds all of them back', async () => {
    const text = [
      '名称\t类型\t上级\t代码\t人员',
      '云峰中心小学\t学校\t\tYF-01\t12',
      '白石教学点\t\t云峰中心小学\t\t3',
      '河口中心小学\t学校',
      '云峰中心小学\t学校',
      '石头\t牧场',
      '迷路教学点\t\t没有的学校',
      '教学点下的学校\t学校\t白石教学点',
      '同代码小学\t\t\tYF-01',
      '\t学校',
    ].join('\n');
    expect(await fates({ of: 'organization', text })).toEqual([
      ...['new', 'new', 'known name same', 'known name same', 'wrong kind unknown', 'wrong parent unknown'],
      ...['wrong kind place', 'wrong code taken', 'wrong name missing'],
    ]);
    expect(fieldsOf(await ask({ of: 'organization', text, dryRun: false }))).toEqual(['text format']);

    const good = text.split('\n').slice(0, 5).join('\r\n');
    expect((await lines({ of: 'organization', text: good, dryRun: false })).created).toBe(2);
    const made = await world.app.db
      .selectFrom('organization as o')
      .innerJoin('organization as above', 'above.id', 'o.parent_id')
      .select(['o.name', 'o.kind', 'o.code', 'above.name as parent'])
      .where('o.name', 'in', ['云峰中心小学', '白石教学点'])
      .orderBy('o.name', 'desc')
      .execute();
    expect(made).toEqual([
      { name: '白石教学点', kind: 'teachingPoint', code: null, parent: '云峰中心小学' },
      { name: '云峰中心小学', kind: 'school', code: 'YF-01', parent: '清河县教育局' },
    ]);
    expect((await lines({ of: 'organization', text: good, dryRun: false })).created).toBe(0);
  });

  test('rooms, classes and courses find their school, grade, room and teacher by name', async () => {
    const rooms = '教室\t学校\n云峰录播室\t云峰中心小学\n白石多媒体室\t白石教学点';
    expect((await lines({ of: 'classroom', text: rooms, dryRun: false })).created).toBe(2);
    const accounts = await world.app.db
      .selectFrom('account')
      .select('kind')
      .where('name', '=', '云峰录播室')
      .execute();
    expect(accounts).toEqual([{ kind: 'classroom' }]);

    await world.person('陈静', 'teacher', '河口中心小学');
    const classes = [
      '班级,学校,年级,教室,班主任,入学年份',
      '五年级1班,云峰中心小学,,云峰录播室,,2021级',
      '复式班,白石教学点,三年级,,,',
      '无年级班,白石教学点',
      '六年级1班,云峰中心小学,,白石多媒体室',
      '四年级1班,河口中心小学,,,陈静',
      '四年级2班,河口中心小学,,,没有的人',
      '三年级1班,云峰中心小学,,,,去年',
    ].join('\n');
    expect(await fates({ of: 'classGroup', text: classes })).toEqual([
      ...['new', 'new', 'wrong grade missing', 'wrong room unknown', 'new', 'wrong headTeacher unknown'],
      'wrong year format',
    ]);
    const courses = '英语\t五年级\t云峰中心小学\n音乐\t五年级\n数学课\t五年级\n英语\t五年级\t云峰中心小学';
    const read = await lines({ of: 'course', text: courses });
    expect(read.lines.map(({ cells, fate }) => `${cells.name ?? '?'} ${fate}`)).toEqual([
      ...['英语 五年级 new', '音乐 五年级 new', '? wrong', '英语 五年级 known'],
    ]);
  });

  test('only schools of one’s own are found, and only who keeps the directory asks', async () => {
    const own = { of: 'classroom' as const, organizationId: world.at('清河县实验小学') };
    const text = '新录播室\n别人的教室\t河口中心小学';
    const answer = PlaceLinesResult.parse((await ask({ ...own, text }, world.school)).body);
    expect(answer.lines.map(({ fate }) => fate)).toEqual(['new', 'wrong']);
    expect((await ask({ of: 'classroom', text }, world.school)).status).toBe(404);
    expect((await ask({ ...own, text }, world.teacher)).status).toBe(403);
    const tooMany = Array.from({ length: 501 }, (_, at) => `教室${at}`).join('\n');
    expect(fieldsOf(await ask({ of: 'classroom', text: tooMany }))).toEqual(['text tooLong']);
  });
});
