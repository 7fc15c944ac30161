import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { ClassGroup, ClassroomRow, Course, Member, PromotionResult } from '#protocol/directory.ts';
import { ReferenceItem } from '#protocol/reference.ts';
import { tablePage } from '#protocol/table.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { TestPerson } from '../../testing/person.ts';
import { DirectoryWorld, fieldsOf, NAMES } from './testing/directory-world.ts';

onBothDatabases('rooms, classes and courses', (open) => {
  let world: DirectoryWorld;
  let bureau: TestPerson;
  let school: TestPerson;
  let town: string;
  beforeAll(async () => {
    world = await DirectoryWorld.open(open);
    ({ bureau, school } = world);
    town = world.at('清河县实验小学');
  });
  afterAll(() => world.app.close());

  const post = (path: string, body: object, who = bureau) => who.ask('POST', path, body);
  const rooms = async (query = '', who = bureau) =>
    tablePage(ClassroomRow).parse((await who.ask('GET', `/api/classrooms?${query}`)).body);
  const groups = async (query = '', who = bureau) =>
    tablePage(ClassGroup).parse((await who.ask('GET', `/api/class-groups?${query}`)).body);

  test('a room is made with its account, moves with it, and names are clean everywhere', async () => {
    for (const [raw, kept, issue] of NAMES) {
      const answer = await post('/api/classrooms', { name: raw, organizationId: town });
      if (issue) expect([raw, fieldsOf(answer)]).toEqual([raw, [issue]]);
      else expect([raw, (answer.body as ClassroomRow).name]).toEqual([raw, kept]);
    }
    const room = ClassroomRow.parse(
      (await post('/api/classrooms', { name: '三楼录播室', organizationId: town })).body,
    );
    expect(fieldsOf(await post('/api/classrooms', { name: ' 三楼录播室', organizationId: town }))).toEqual([
      'name taken',
    ]);
    const account = () =>
      world.app.db
        .selectFrom('account')
        .selectAll()
        .where('id', '=', room.classroomId)
        .executeTakeFirstOrThrow();
    expect(await account()).toMatchObject({ kind: 'classroom', name: '三楼录播室', organization_id: town });
    const there = world.at('河口中心小学');
    const moved = { name: '新录播室', organizationId: there, version: room.version };
    expect((await school.ask('PUT', `/api/classrooms/${room.classroomId}`, moved)).status).toBe(404);
    expect((await bureau.ask('PUT', `/api/classrooms/${room.classroomId}`, moved)).status).toBe(200);
    expect(await account()).toMatchObject({ name: '新录播室', organization_id: there });
    expect((await bureau.ask('PUT', `/api/classrooms/${room.classroomId}`, moved)).status).toBe(409);
    expect((await rooms('', school)).rows.every(({ organizationId }) => organizationId === town)).toBe(true);
  });

  test('what has lessons to come stays; what is closed vanishes from choices and comes back', async () => {
    const busy = (await rooms(`search=${encodeURIComponent('实验小学录播教室')}`)).rows[0]!;
    await planned(busy.classroomId);
    const close = (room: ClassroomRow, act = 'archive') =>
      post(`/api/classrooms/${room.classroomId}/${act}`, { version: room.version });
    const refused = await close(busy);
    expect([refused.status, fieldsOf(refused)]).toEqual([409, ['lessons conflict']]);
    const idle = ClassroomRow.parse(
      (await post('/api/classrooms', { name: '空教室', organizationId: town })).body,
    );
    const closed = ClassroomRow.parse((await close(idle)).body);
    expect((await rooms(`search=${encodeURIComponent('空教室')}`)).total).toBe(0);
    expect((await rooms(`archived=true&search=${encodeURIComponent('空教室')}`)).total).toBe(1);
    expect((await close(closed, 'restore')).status).toBe(200);
    expect((await rooms(`search=${encodeURIComponent('空教室')}`)).total).toBe(1);
  });

  /** A lesson to come in a room. */
  async function planned(classroomId: string): Promise<void> {
    const { db } = world.app;
    const course = await db.selectFrom('course').selectAll().executeTakeFirstOrThrow();
    const teacher = await db
      .selectFrom('account')
      .select('id')
      .where('name', '=', '陈静')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('lesson')
      .values({
        ...{ id: newId(), organization_id: course.organization_id, course_id: course.id, mode: 'delivery' },
        ...{ state: 'scheduled', title: '明天的课', period: 1, teacher_id: teacher.id },
        planned_start: new Date(Date.now() + 1_800_000),
        planned_end: new Date(Date.now() + 3_600_000),
        ...{
          actual_start: null,
          actual_end: null,
          master_classroom_id: classroomId,
          master_class_group_id: null,
        },
      })
      .execute();
  }

  test('a class has a room and a head teacher of its own school, and pupils', async () => {
    const room = (await rooms(`organization=${town}`)).rows[0]!;
    const teacher = await world.app.db
      .selectFrom('account')
      .select('id')
      .where('name', '=', '周明')
      .executeTakeFirstOrThrow();
    const text = { name: '四年级(1)班', organizationId: town, grade: '四年级', enrolledYear: 2023 };
    const answer = await post('/api/class-groups', {
      ...text,
      classroomId: room.classroomId,
      headTeacherId: teacher.id,
    });
    const group = ClassGroup.parse(answer.body);
    expect(group).toMatchObject({
      stage: '小学',
      classroomName: room.name,
      headTeacherName: '周明',
      pupils: 0,
    });
    const foreign = (await rooms(`organization=${world.at('石门教学点')}`)).rows[0]!;
    expect(
      fieldsOf(await post('/api/class-groups', { ...text, name: '四(2)', classroomId: foreign.classroomId })),
    ).toEqual(['classroomId unknown']);
    expect(fieldsOf(await post('/api/class-groups', text))).toEqual(['name taken']);
    expect(fieldsOf(await post('/api/class-groups', { ...text, name: '四(3)', enrolledYear: 1800 }))).toEqual(
      ['enrolledYear range'],
    );
    const pupil = await world.person('南希', 'student', '清河县实验小学');
    const path = `/api/class-groups/${group.classGroupId}/members`;
    for (const [method, count] of [
      ['PUT', 1],
      ['PUT', 1],
      ['DELETE', 0],
    ] as const) {
      expect((await school.ask(method, `${path}/${pupil.accountId}`)).status).toBe(200);
      expect(Member.array().parse((await school.ask('GET', path)).body)).toHaveLength(count);
    }
    expect(await world.teacher.code('GET', path)).toBe('FORBIDDEN');
  });

  test('a year moves up, the last grade leaves, and all of it goes back again', async () => {
    const make = async (name: string, grade: string) =>
      ClassGroup.parse((await post('/api/class-groups', { name, grade, organizationId: town })).body)
        .classGroupId;
    const ids = [
      await make('三年级(9)班', '三年级'),
      await make('向阳班', '六年级'),
      await make('复式', '一二复式'),
    ];
    const promote = async (more: object) =>
      PromotionResult.parse(
        (await post('/api/class-groups/promote', { classGroupIds: ids, ...more }, school)).body,
      );
    const shown = await promote({ dryRun: true });
    expect(new Map(shown.map(({ name, newName, fate }) => [name, `${newName} ${fate}`]))).toEqual(
      new Map([
        ['三年级(9)班', '四年级(9)班 moves'],
        ['向阳班', '向阳班 graduates'],
        ['复式', '复式 stays'],
      ]),
    );
    const state = async () => {
      const rows = await world.app.db
        .selectFrom('class_group')
        .selectAll()
        .where('id', 'in', ids)
        .orderBy('id')
        .execute();
      return rows.map(({ name, grade, archived_at }) => [name, grade, archived_at !== null]);
    };
    const before = await state();
    await promote({});
    expect(await state()).toEqual(
      expect.arrayContaining([
        ['四年级(9)班', '四年级', false],
        ['向阳班', '六年级', true],
        ['复式', '一二复式', false],
      ]),
    );
    await promote({ direction: 'down' });
    expect(await state()).toEqual(before);
    expect((await groups(`grade=${encodeURIComponent('三年级')}`)).rows.map(({ name }) => name)).toContain(
      '三年级(9)班',
    );
    const foreign = (await groups(`organization=${world.at('石门教学点')}`)).rows[0]!.classGroupId;
    for (const id of [foreign, newId()])
      expect((await post('/api/class-groups/promote', { classGroupIds: [id] }, school)).status).toBe(404);
  });

  test('courses are made of the lists, the lists grow, and what is taken out of them is kept where it stands', async () => {
    const items = async () => ReferenceItem.array().parse((await bureau.ask('GET', '/api/reference')).body);
    const names = async (kind: string) =>
      (await items()).filter((one) => one.kind === kind).map(({ name }) => name);
    expect((await names('grade')).slice(0, 3)).toEqual(['一年级', '二年级', '三年级']);
    expect(await names('stage')).toEqual(['小学', '初中', '高中']);
    const edition = { kind: 'textbook', name: '鲁教版', subject: '英语' };
    expect((await post('/api/reference', edition)).status).toBe(201);
    expect(fieldsOf(await post('/api/reference', edition))).toEqual(['name taken']);
    expect(fieldsOf(await post('/api/reference', { ...edition, subject: '占星术' }))).toEqual([
      'subject unknown',
    ]);
    expect(await world.teacher.code('POST', '/api/reference', edition)).toBe('FORBIDDEN');
    const body = {
      title: '英语 四年级 鲁教版',
      organizationId: town,
      subject: '英语',
      grade: '四年级',
      textbook: '鲁教版',
    };
    const course = Course.parse((await post('/api/courses', body)).body);
    expect(course).toMatchObject({ stage: '小学', textbook: '鲁教版', lessons: 0 });
    expect(fieldsOf(await post('/api/courses', body))).toEqual(['title taken']);
    const { title: _, ...untitled } = body;
    expect(fieldsOf(await post('/api/courses', untitled))).toEqual(['title required']);
    expect((await post('/api/reference/archive', edition)).status).toBe(200);
    expect((await items()).find(({ name }) => name === '鲁教版')!.archivedAt).not.toBeNull();
    expect(Course.parse((await bureau.ask('GET', `/api/courses/${course.courseId}`)).body).textbook).toBe(
      '鲁教版',
    );
    const file = await bureau.ask('GET', `/api/courses?format=csv&subject=${encodeURIComponent('英语')}`);
    expect(file.body).toContain('鲁教版');
    for (const path of ['classrooms', 'class-groups', 'courses'])
      expect((await school.ask('GET', `/api/${path}?format=xlsx`)).status).toBe(200);
  });
});
