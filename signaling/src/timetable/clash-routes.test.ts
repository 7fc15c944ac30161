import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { Clash, ClashedLesson } from '#protocol/clashes.ts';
import { WeekLesson } from '#protocol/timetable.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { TimetableApp } from '../../testing/timetable-app.ts';

onBothDatabases('clashes', (open) => {
  let at: TimetableApp;
  let { app, world, bureau, lessonOn, act, planned } = {} as TimetableApp;
  beforeAll(async () => {
    at = await TimetableApp.open(open, () => Date.parse('2027-08-30T00:00:00Z'));
    ({ app, world, bureau, lessonOn, act, planned } = at);
  });
  afterAll(() => at.close());
  beforeEach(() => at.anew());

  test('clashes are found across schools by the minute, and told with subject and period', async () => {
    const draft = (changes: object = {}) => ({
      ...{ kind: 'lesson', organizationId: world.school, places: [{ day: '2027-09-07', period: 1 }] },
      parties: {
        ...{ teacherId: world.id('周明'), masterClassGroupId: world.id('五年级(2)班') },
        remotes: [{ classroomId: world.id('石门教学点教室'), assistantId: world.id('李秀兰') }],
      },
      ...changes,
    });
    const ask = (body: object, who = bureau) =>
      who.get(Clash.array(), 'POST', '/api/timetable/clashes', body);
    expect(
      (await ask(draft())).map(({ party, name, subject, period }) => [party, name, subject, period]),
    ).toEqual([
      ['classGroup', '五年级(2)班', '英语', 1],
      ['classroom', '石门教学点教室', '英语', 1],
      ['assistant', '李秀兰', '英语', 1],
    ]);
    const lesson = await lessonOn('2027-09-07');
    expect(await ask(draft({ lessonId: lesson.lessonId }))).toEqual([]);
    expect(await ask(draft({ places: [{ day: '2027-09-08', period: 1 }] }))).toEqual([]);
    // 8:40 is in the neighbours' first period and in our break.
    await app.db
      .insertInto('local_lesson')
      .values({
        ...{ id: newId(), organization_id: world.remoteSchool, term_id: world.termId, weekday: 3, period: 1 },
        ...{
          class_group_id: world.id('五年级(1)班'),
          subject: '音乐',
          teacher_id: world.id('王海燕'),
          classroom_id: null,
        },
      })
      .execute();
    const parties = { remotes: [{ classGroupId: world.id('五年级(1)班') }] };
    const at = (startsMinute: number, endsMinute: number) => [
      { day: '2027-09-08', startsMinute, endsMinute },
    ];
    expect(await ask(draft({ parties, places: at(520, 525) }))).toMatchObject([
      { name: '五年级(1)班', subject: '音乐', period: 1, local: true, organizationName: '河口中心小学' },
    ]);
    expect(await ask(draft({ parties, places: at(530, 540) }))).toEqual([]);
    // Every Tuesday of the term, told once, with how often.
    const weekly = {
      ...{ kind: 'weekly', organizationId: world.school, termId: world.termId },
      ...{
        parties: { teacherId: world.id('陈静') },
        slots: [
          { weekday: 2, period: 1 },
          { weekday: 4, period: 1 },
        ],
      },
    };
    expect(await ask(weekly)).toMatchObject([{ at: 0, day: '2027-09-07', days: 27, party: 'teacher' }]);
    expect(await ask({ ...weekly, pairingId: world.pairingId })).toEqual([]);
    expect(await ask(draft({ parties: { teacherId: newId() } }))).toEqual([]);
  });

  /** Music in the town school's third period of a Wednesday, with the same teacher and room wherever it goes. */
  const add = async (changes: object = {}): Promise<WeekLesson> =>
    WeekLesson.parse((await bureau.ask('POST', '/api/timetable/lessons', planned(changes))).body);
  const clashed = (organizationId = world.school) =>
    bureau.get(ClashedLesson.array(), 'GET', `/api/timetable/clashes?organizationId=${organizationId}`);

  test('a clash is saved by who has read it alone, and stands in a list until it is mended', async () => {
    const english = await lessonOn('2027-09-07');
    const place = { day: '2027-09-07', period: 1 };
    expect(await bureau.code('POST', '/api/timetable/lessons', planned({ place }))).toBe('CLASHES');
    const music = await add();
    const refused = await act(music, 'move', { place });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      error: {
        code: 'CLASHES',
        fields: [{ path: 'clashes', values: { name: '五年级(2)班', subject: '英语', period: 1 } }, {}, {}],
      },
    });
    expect(await clashed()).toEqual([]);
    const moved = WeekLesson.parse((await act(music, 'move', { place, despiteClashes: true })).body);
    expect(moved).toMatchObject({ day: '2027-09-07', period: 1 });
    for (const school of [world.school, world.point]) {
      const list = await clashed(school);
      expect(list.map(({ lessonId }) => lessonId).sort()).toEqual([music.lessonId, english.lessonId].sort());
      expect(list[0]).toMatchObject({ day: '2027-09-07', startsMinute: 480 });
    }
    const of = (await clashed()).find(({ lessonId }) => lessonId === music.lessonId)!;
    expect(of).toMatchObject({ subject: '音乐', who: '五年级(2)班' });
    expect(of.clashes.map(({ party, subject }) => [party, subject])).toEqual([
      ['classGroup', '英语'],
      ['classroom', '英语'],
      ['classroom', '英语'],
    ]);
    await act(english, 'cancel', { reason: '停电' });
    expect(await clashed()).toEqual([]);
    // Somebody else has the room now: it is not taken up again by accident.
    const off = await lessonOn('2027-09-07');
    expect(await bureau.code('POST', `/api/lessons/${english.lessonId}/restore`, { version: 2 })).toBe(
      'CLASHES',
    );
    expect(off.lessonId).toBeDefined();
  });

  test('a teacher who has another lesson stands in only when that is meant', async () => {
    const english = await lessonOn('2027-09-07');
    const place = { day: '2027-09-07', startsMinute: 500, endsMinute: 540 };
    await add({ ...{ place, remotes: [], masterClassGroupId: null, despiteClashes: true } });
    const teacherId = world.id('周明');
    expect(
      await bureau.code('POST', `/api/lessons/${english.lessonId}/substitute`, { version: 1, teacherId }),
    ).toBe('CLASHES');
    const { status } = await act(english, 'substitute', { teacherId, despiteClashes: true });
    expect(status).toBe(200);
  });

  test("a class's own timetable may name the shared lesson too: that is no clash", async () => {
    const own = (subject: string) => ({
      ...{ id: newId(), organization_id: world.remoteSchool, term_id: world.termId, weekday: 2, period: 1 },
      ...{ class_group_id: world.id('五年级(1)班'), subject, teacher_id: null, classroom_id: null },
    });
    await app.db.insertInto('local_lesson').values(own('英语')).execute();
    expect(await clashed()).toEqual([]);
    await app.db.insertInto('local_lesson').values(own('美术')).execute();
    const [first] = await clashed(world.remoteSchool);
    expect(first).toMatchObject({
      subject: '英语',
      who: '五年级(1)班',
      clashes: [{ subject: '美术', local: true }],
    });
  });

  test('whoever plans programmes of one school alone hears of nobody elsewhere', async () => {
    const operator = await app.signIn('赵强');
    const ask = (parties: object) =>
      operator.get(Clash.array(), 'POST', '/api/timetable/clashes', {
        ...{ kind: 'lesson', organizationId: world.school, parties },
        places: [{ day: '2027-09-07', startsMinute: 480, endsMinute: 520 }],
      });
    expect((await ask({ teacherId: world.id('陈静') })).length).toBe(1);
    expect(await ask({ remotes: [{ assistantId: world.id('李秀兰') }] })).toEqual([]);
    expect(await operator.code('GET', `/api/timetable/clashes?organizationId=${world.school}`)).toBe(
      'FORBIDDEN',
    );
  });
});
