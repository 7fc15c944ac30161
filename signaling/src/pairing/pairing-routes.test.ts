import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import { addDays, type Day, dayAndMinuteOf, instantOf, mondayOf } from '#protocol/calendar.ts';
import {
  ActReport,
  BulkReport,
  Pairing,
  PairingChoices,
  type PairingDraft,
  PairingSaved,
  PartnerSchool,
} from '#protocol/pairing.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { Answer, TestPerson } from '../../testing/person.ts';
import { LessonMaker } from '../timetable/make-lessons.ts';
import { PairingRound } from './pairing-round.ts';
import { pairingRoutes } from './pairing-routes.ts';

const ZONE = 'Asia/Shanghai';
/** A term of three whole weeks that begins next Monday. */
const STARTS: Day = addDays(mondayOf(dayAndMinuteOf(Date.now(), ZONE).day), 7);

onBothDatabases('pairings', (open) => {
  let app: TestApp;
  let bureau: TestPerson;
  let town: TestPerson;
  let river: TestPerson;
  const ids = new Map<string, string>();
  const termId = newId();
  const timetable = new LessonMaker(ZONE);
  let draft: PairingDraft;

  beforeAll(async () => {
    app = await TestApp.open(
      (parts) => ({ api: [pairingRoutes({ ...parts, config: Config.parse({}) }, timetable)] }),
      { open },
    );
    const { db } = app;
    for (const table of ['organization', 'account', 'class_group'] as const)
      for (const { id, name } of await db.selectFrom(table).select(['id', 'name']).execute())
        ids.set(name, id);
    for (const { id, title } of await db.selectFrom('course').selectAll().execute()) ids.set(title, id);
    const head = async (name: string, school: string) => {
      const organization_id = ids.get(school)!;
      const id = newId();
      await db.insertInto('account').values({ id, organization_id, kind: 'person', name }).execute();
      await db
        .insertInto('account_role')
        .values({ account_id: id, organization_id, role: 'administrator' })
        .execute();
      return await app.signIn(name);
    };
    town = await head('高校长', '清河县实验小学');
    river = await head('何校长', '河口中心小学');
    bureau = await app.signIn('马建国');
    const term = { id: termId, organization_id: ids.get('清河县教育局')!, name: '本学期' };
    await db
      .insertInto('term')
      .values({ ...term, starts_on: STARTS, ends_on: addDays(STARTS, 20) })
      .execute();
    const scheduleId = newId();
    const organization_id = ids.get('清河县实验小学')!;
    await db
      .insertInto('bell_schedule')
      .values({ id: scheduleId, organization_id, name: '作息', starts_on: STARTS })
      .execute();
    for (const period of [1, 2, 3])
      await db
        .insertInto('bell_period')
        .values({
          schedule_id: scheduleId,
          period,
          starts_minute: 480 + period * 50,
          ends_minute: 520 + period * 50,
        })
        .execute();
    draft = {
      ...{ termId, autoOpen: true, note: '', masterClassGroupId: at('五年级(2)班') },
      masterClassroomId: at('实验小学录播教室'),
      courses: [{ courseId: at('英语 五年级上册'), teacherId: at('陈静') }],
      remotes: [
        remote('五年级复式班', '石门教学点教室', '李秀兰'),
        remote('五年级(1)班', '河口小学多媒体教室', '王海燕'),
      ],
      slots: [{ courseId: at('英语 五年级上册'), weekday: 2, period: 3, weeks: 'all' }],
    };
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.db.deleteFrom('lesson').where('pairing_id', 'is not', null).execute();
    await app.db.deleteFrom('pairing').execute();
  });

  const at = (name: string) => ids.get(name)!;
  const remote = (group: string, room: string, assistant: string) => ({
    ...{ classGroupId: at(group), classroomId: at(room), assistantId: at(assistant) },
  });
  const create = async (who = town, changes: Partial<PairingDraft> = {}) =>
    (await who.get(PairingSaved, 'POST', '/api/pairings', { ...draft, ...changes })).pairing;
  const act = (who: TestPerson, { pairingId, version }: Pairing, act: object) =>
    who.ask('POST', `/api/pairings/${pairingId}/state`, { ...act, version });
  const acted = async (who: TestPerson, pairing: Pairing, wish: object) => {
    const answer = await act(who, pairing, wish);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return PairingSaved.parse(answer.body);
  };
  const active = async () => {
    const { pairing } = await acted(town, await create(), { act: 'submit' });
    return await acted(river, pairing, { act: 'approve' });
  };
  const put = (who: TestPerson, { pairingId, version, slots }: Pairing, changes: Partial<PairingDraft>) =>
    who.ask('PUT', `/api/pairings/${pairingId}`, { ...draft, slots, ...changes, version });
  const fieldsOf = ({ body }: Answer) =>
    (body as { error: { fields: { path: string; issue: string }[] } }).error.fields.map(
      ({ path, issue }) => `${path} ${issue}`,
    );
  const lessonsOf = ({ pairingId }: Pairing) =>
    app.db
      .selectFrom('lesson')
      .selectAll()
      .where('pairing_id', '=', pairingId)
      .orderBy('planned_start')
      .execute();

  test('are approved by each side for itself, and then have their lessons', async () => {
    const made = await create();
    expect(made).toMatchObject({ state: 'draft', mayEdit: true, lessonsAhead: 0 });
    const { pairing } = await acted(town, made, { act: 'submit' });
    expect(pairing).toMatchObject({ state: 'pending', master: { approvedBy: '高校长', mayApprove: true } });
    expect(pairing.remotes.map(({ approvedBy, mayApprove }) => [approvedBy, mayApprove])).toEqual([
      [null, false],
      [null, false],
    ]);
    expect(await town.get(Pairing.array(), 'GET', '/api/pairings/mine')).toEqual([]);
    const [waiting] = await river.get(Pairing.array(), 'GET', '/api/pairings/mine');
    expect(waiting).toMatchObject({ pairingId: pairing.pairingId, mayEdit: false });
    // 石门教学点 belongs to 河口中心小学: its administrator speaks for both.
    const after = await acted(river, waiting!, { act: 'approve' });
    expect(after).toMatchObject({ pairing: { state: 'active', lessonsAhead: 3 }, lessons: { made: 3 } });
    const [lesson] = await lessonsOf(after.pairing);
    expect(lesson!.planned_start.getTime()).toBe(instantOf(addDays(STARTS, 1), 630, ZONE));
    const noted = await app.db
      .selectFrom('audit_entry')
      .select(['detail'])
      .where('object_id', '=', pairing.pairingId)
      .orderBy('seq')
      .execute();
    expect(noted.map(({ detail }) => (detail as { what: string }).what)).toEqual([
      'created',
      'submit',
      'approve',
    ]);
  });

  test('are approved for several sides by an administrator above them, or for one', async () => {
    const { pairing } = await acted(town, await create(), { act: 'submit' });
    const one = { act: 'approve', organizationIds: [at('石门教学点')] };
    const half = (await acted(bureau, pairing, one)).pairing;
    expect(half.state).toBe('pending');
    expect(half.remotes.map(({ approvedBy }) => approvedBy)).toEqual(['马建国', null]);
    expect((await acted(bureau, half, { act: 'approve' })).pairing.state).toBe('active');
  });

  test('go back with a reason, and are handed in again', async () => {
    const { pairing } = await acted(town, await create(), { act: 'submit' });
    const back = (await acted(river, pairing, { act: 'return', reason: '周二下午有集会' })).pairing;
    expect(back).toMatchObject({
      state: 'draft',
      cancelReason: '周二下午有集会',
      master: { approvedAt: null },
    });
    expect((await acted(town, back, { act: 'submit' })).pairing).toMatchObject({
      state: 'pending',
      cancelReason: null,
    });
  });

  test('rest while frozen, and go on', async () => {
    const { pairing } = await active();
    const frozen = await acted(river, pairing, { act: 'freeze' });
    expect(frozen).toMatchObject({ pairing: { state: 'frozen', lessonsAhead: 0 }, lessons: { removed: 3 } });
    expect((await acted(town, frozen.pairing, { act: 'thaw' })).lessons.made).toBe(3);
  });

  test('lose what is ahead when they are cancelled, and keep what was held', async () => {
    const { pairing } = await active();
    const [first] = await lessonsOf(pairing);
    const past = new Date(Date.now() - 86_400_000);
    await app.db
      .updateTable('lesson')
      .set({ state: 'ready', planned_start: past, planned_end: new Date(past.getTime() + 2_400_000) })
      .where('id', '=', first!.id)
      .execute();
    expect((await act(town, pairing, { act: 'cancel', reason: ' ' })).status).toBe(400);
    const { pairing: over, lessons } = await acted(town, pairing, { act: 'cancel', reason: '老师调走' });
    expect(lessons.removed).toBe(2);
    expect(over).toMatchObject({
      state: 'cancelled',
      cancelReason: '老师调走',
      lessonsHeld: 1,
      mayEdit: false,
    });
    expect((await lessonsOf(over)).map(({ id }) => id)).toEqual([first!.id]);
    expect(
      await town.code('POST', `/api/pairings/${over.pairingId}/state`, {
        act: 'thaw',
        version: over.version,
      }),
    ).toBe('FORBIDDEN');
  });

  describe('that run and are changed', () => {
    test('in who teaches go on at once', async () => {
      const { pairing } = await active();
      const answer = await put(town, pairing, { courses: [{ ...draft.courses[0]!, teacherId: at('周明') }] });
      expect(PairingSaved.parse(answer.body)).toMatchObject({
        pairing: { state: 'active' },
        lessons: { moved: 3 },
      });
    });

    test('in a partner’s room wait for that partner alone, and keep their lessons meanwhile', async () => {
      const { pairing } = await active();
      const [stone, other] = draft.remotes;
      const answer = await put(town, pairing, { remotes: [{ ...stone!, assistantId: null }, other!] });
      const saved = PairingSaved.parse(answer.body).pairing;
      expect(saved).toMatchObject({ state: 'pending', lessonsAhead: 3 });
      expect(saved.remotes.map(({ approvedBy }) => approvedBy)).toEqual([null, '何校长']);
      expect((await acted(river, saved, { act: 'approve' })).pairing.state).toBe('active');
    });

    test('in their times wait for all; their lessons move when all agree', async () => {
      const { pairing } = await active();
      const [slot] = pairing.slots;
      const answer = await put(town, pairing, { slots: [{ ...slot!, weekday: 4 }] });
      const saved = PairingSaved.parse(answer.body).pairing;
      expect(saved.remotes.map(({ approvedBy }) => approvedBy)).toEqual([null, null]);
      expect(saved.slots[0]!.slotId).toBe(slot!.slotId);
      const before = await lessonsOf(saved);
      expect((await acted(bureau, saved, { act: 'approve' })).lessons).toMatchObject({
        made: 0,
        removed: 0,
        moved: 3,
      });
      expect((await lessonsOf(saved)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    });

    test('by leaving a partner out need nobody', async () => {
      const { pairing } = await active();
      const answer = await put(town, pairing, { remotes: draft.remotes.slice(0, 1) });
      expect(PairingSaved.parse(answer.body).pairing.state).toBe('active');
    });

    test('by two at once: the second is told', async () => {
      const pairing = await create();
      expect((await put(town, pairing, { note: '甲' })).status).toBe(200);
      const late = await put(bureau, pairing, { note: '乙' });
      expect(late.body).toMatchObject({
        error: { code: 'OVERTAKEN', fields: [{ values: { by: '高校长' } }] },
      });
      expect((await town.get(Pairing, 'GET', `/api/pairings/${pairing.pairingId}`)).note).toBe('甲');
    });
  });

  test('that cannot be say at the field why', async () => {
    const foreign = remote('五年级(1)班', '石门教学点教室', '李秀兰');
    const slot = draft.slots[0]!;
    const wrong: [Partial<PairingDraft>, string[]][] = [
      [{ masterClassGroupId: newId() }, ['masterClassGroupId unknown']],
      [{ termId: newId() }, ['termId unknown']],
      [
        { masterClassroomId: at('石门教学点教室') },
        ['masterClassroomId unknown', 'remotes.0.classroomId taken'],
      ],
      [{ remotes: [foreign] }, ['remotes.0.classroomId unknown', 'remotes.0.assistantId unknown']],
      [
        { remotes: [draft.remotes[0]!, draft.remotes[0]!] },
        ['remotes.1.classGroupId taken', 'remotes.1.classroomId taken'],
      ],
      [{ courses: [{ ...draft.courses[0]!, teacherId: at('刘小雨') }] }, ['courses.0.teacherId unknown']],
      [{ slots: [slot, { ...slot, weeks: 'odd' }] }, ['slots.1.period taken']],
      [{ slots: [{ ...slot, period: 9 }] }, ['slots.0.period unknown']],
      [{ slots: [{ ...slot, courseId: at('音乐 五年级上册') }] }, ['slots.0.courseId unknown']],
    ];
    for (const [changes, fields] of wrong)
      expect(fieldsOf(await town.ask('POST', '/api/pairings', { ...draft, ...changes }))).toEqual(fields);
    const empty = await create(town, { courses: [], remotes: [], slots: [] });
    expect(fieldsOf(await act(town, empty, { act: 'submit' }))).toEqual([
      'courses required',
      'remotes required',
      'slots required',
    ]);
    expect((await town.ask('DELETE', `/api/pairings/${empty.pairingId}?version=1`)).status).toBe(200);
  });

  test('end with their term', async () => {
    const { pairing } = await active();
    const round = new PairingRound({ ...app.parts, timeZone: ZONE }, timetable);
    const lastDay = addDays(STARTS, 20);
    expect(await round.go(instantOf(lastDay, 1439, ZONE))).toBe(0);
    expect(await round.go(instantOf(lastDay, 1440, ZONE))).toBe(1);
    expect((await town.get(Pairing, 'GET', `/api/pairings/${pairing.pairingId}`)).state).toBe('expired');
  });

  test('are seen and steered by their sides alone', async () => {
    const pairing = await create();
    const path = `/api/pairings/${pairing.pairingId}`;
    expect((await river.ask('GET', path)).status).toBe(200);
    expect(await put(river, pairing, {}).then(({ status }) => status)).toBe(403);
    // A class of others is as if it were not there.
    expect(await river.code('POST', '/api/pairings', draft)).toBe('FIELDS');
    const teacher = await app.signIn('陈静');
    expect((await teacher.get(Pairing, 'GET', path)).mayEdit).toBe(false);
    expect(await teacher.code('POST', '/api/pairings', draft)).toBe('FORBIDDEN');
    expect(await (await app.signIn('刘小雨')).code('GET', path)).toBe('FORBIDDEN');
    const narrow = await create(town, { remotes: [draft.remotes[0]!] });
    const assistant = await app.signIn('王海燕');
    for (const id of [narrow.pairingId, newId()])
      expect(await assistant.code('GET', `/api/pairings/${id}`)).toBe('NOT_FOUND');
  });

  test('are made of what schools have, without showing a stranger their teachers', async () => {
    const schools = await town.get(PartnerSchool.array(), 'GET', '/api/pairings/schools');
    expect(schools.map(({ name, mayLead }) => [name, mayLead])).toEqual(
      expect.arrayContaining([
        ['清河县实验小学', true],
        ['石门教学点', false],
      ]),
    );
    const path = '/api/pairings/choices?organizationId=';
    const own = await town.get(PairingChoices, 'GET', `${path}${at('清河县实验小学')}&day=${STARTS}`);
    expect(own.teachers.map(({ name }) => name)).toEqual(expect.arrayContaining(['陈静', '周明']));
    expect(own.bells).toHaveLength(3);
    const other = await town.get(PairingChoices, 'GET', `${path}${at('河口中心小学')}`);
    expect(other).toMatchObject({ teachers: [], courses: [], assistants: [{ name: '王海燕' }] });
    expect(await town.code('GET', `${path}${newId()}`)).toBe('NOT_FOUND');
  });

  test('come from a table, each line with its fate, and nothing of a table with an error', async () => {
    const line = {
      ...{
        masterSchool: '清河县实验小学',
        masterClass: '五年级（2）班',
        masterRoom: '',
        subject: '英语',
        teacher: '陈静',
      },
      ...{
        times: '周二第3节、星期四 第1节（单周）',
        remoteSchool: '石门教学点',
        remoteClass: '五年级复式班',
      },
      ...{ remoteRoom: '', assistant: '李秀兰' },
    };
    const second = { ...line, remoteSchool: '河口中心小学', remoteClass: '五年级(1)班', assistant: '' };
    const music = { ...line, subject: '音乐', teacher: '周明', times: '周五第2节双周' };
    const bulk = (lines: object[], dry: boolean) =>
      bureau.get(BulkReport, 'POST', '/api/pairings/bulk', { termId, dry, submit: true, lines });
    const bad = {
      ...line,
      teacher: '=HYPERLINK("x")',
      times: '周八第3节',
      remoteClass: '五年级复式班\u202e',
    };
    const report = await bulk([line, second, bad], true);
    expect(report.lines.map(({ fate }) => fate)).toEqual(['new', 'joins', 'error']);
    expect(report.lines[2]!.issues).toMatchObject([
      { path: 'teacher', issue: 'unknown' },
      { path: 'times', issue: 'times' },
    ]);
    expect((await bulk([line, bad], false)).pairings).toBe(0);
    expect(await bureau.get(Pairing.array(), 'GET', '/api/pairings')).toEqual([]);
    expect((await bulk([line, second], false)).pairings).toBe(1);
    const [made] = await bureau.get(Pairing.array(), 'GET', '/api/pairings');
    expect(made).toMatchObject({
      state: 'pending',
      slots: [{ weekday: 2 }, { weekday: 4, period: 1, weeks: 'odd' }],
    });
    expect(made!.remotes).toHaveLength(2);
    expect((await bulk([line], true)).lines[0]!.fate).toBe('exists');
    await app.db.deleteFrom('pairing').execute();
    expect((await bulk([line, music], false)).lines.map(({ fate }) => fate)).toEqual(['new', 'joins']);
    const [two] = await bureau.get(Pairing.array(), 'GET', '/api/pairings');
    expect(two!.courses.map(({ subject }) => subject).sort()).toEqual(['英语', '音乐']);
  });

  test('are taken over into the next term, approved many at once, and given as a file', async () => {
    await active();
    const next = newId();
    const starts_on = addDays(STARTS, 28);
    await app.db
      .insertInto('term')
      .values({
        id: next,
        organization_id: at('清河县教育局'),
        name: '下学期',
        starts_on,
        ends_on: addDays(starts_on, 20),
      })
      .execute();
    const wish = { fromTermId: termId, toTermId: next, dry: false, submit: true };
    const report = await bureau.get(BulkReport, 'POST', '/api/pairings/duplicates', wish);
    expect(report).toMatchObject({ pairings: 1, lines: [{ fate: 'new' }] });
    const again = await bureau.get(BulkReport, 'POST', '/api/pairings/duplicates', wish);
    expect(again).toMatchObject({ pairings: 0, lines: [{ fate: 'exists' }] });
    const waiting = await bureau.get(Pairing.array(), 'GET', `/api/pairings?termId=${next}`);
    expect(waiting).toMatchObject([{ state: 'pending' }]);
    const pairings = [
      { pairingId: waiting[0]!.pairingId, version: waiting[0]!.version },
      { pairingId: newId(), version: 1 },
    ];
    const acts = await bureau.get(ActReport, 'POST', '/api/pairings/acts', { act: 'approve', pairings });
    expect(acts).toMatchObject({
      done: [waiting[0]!.pairingId],
      refused: [{ code: 'NOT_FOUND' }],
      lessons: { made: 3 },
    });
    const file = await bureau.ask('GET', `/api/pairings?termId=${next}&format=csv`);
    expect(file.body).toContain('周二第3节');
    await app.db.deleteFrom('lesson').where('pairing_id', 'is not', null).execute();
    await app.db.deleteFrom('pairing').execute();
    await app.db.deleteFrom('term').where('id', '=', next).execute();
  });
});
