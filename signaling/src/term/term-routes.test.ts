import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import { Term, TermSaved } from '#protocol/term.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { Answer, TestPerson } from '../../testing/person.ts';
import { noTimetable } from '../pairing/planned-lessons.ts';
import { termOf } from './term-of.ts';
import { termRoutes } from './term-routes.ts';

const AUTUMN = {
  name: '2026—2027学年第一学期',
  startsOn: '2026-09-01',
  endsOn: '2027-01-22',
  holidays: [
    { name: '国庆节', from: '2026-10-01', to: '2026-10-07' },
    { name: '元旦', from: '2027-01-01', to: '2027-01-03' },
  ],
  workdays: [{ name: '补10月7日', day: '2026-10-10', followsWeekday: 3 }],
};

onBothDatabases('terms', (open) => {
  let app: TestApp;
  let bureau: TestPerson;
  let teacher: TestPerson;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    app = await TestApp.open(
      (parts) => ({ api: [termRoutes({ ...parts, config: Config.parse({}) }, noTimetable)] }),
      { open },
    );
    bureau = await app.signIn('马建国');
    teacher = await app.signIn('陈静');
    for (const { id, name } of await app.db.selectFrom('organization').selectAll().execute())
      ids.set(name, id);
  });
  afterAll(() => app.close());

  const at = (name: string) => ids.get(name)!;
  const create = (who: TestPerson, changes: object = {}) =>
    who.ask('POST', '/api/terms', { organizationId: at('清河县教育局'), ...AUTUMN, ...changes });
  const fieldsOf = ({ body }: Answer) =>
    (body as { error: { fields: { path: string; issue: string }[] } }).error.fields.map(
      ({ path, issue }) => `${path} ${issue}`,
    );
  const put = (term: Term, changes: object) => {
    const { name, startsOn, endsOn, holidays, workdays, version } = term;
    return bureau.ask('PUT', `/api/terms/${term.termId}`, {
      ...{ name, startsOn, endsOn, holidays, workdays, version },
      ...changes,
    });
  };
  let term: Term;

  test('are made with weeks, holidays and make-up days, across New Year', async () => {
    const answer = await create(bureau);
    expect(answer.status).toBe(201);
    term = Term.parse(answer.body);
    expect(term).toMatchObject({ ...AUTUMN, weeks: 21, mayEdit: true, lessonCount: 0, version: 1 });
    expect(term.days).toHaveLength(11);
    const entries = await app.db.selectFrom('audit_entry').select(['action', 'object_id']).execute();
    expect(entries).toContainEqual({ action: 'term.changed', object_id: term.termId });
  });

  test('hold below, the nearest first', async () => {
    const seen = await teacher.get(Term.array(), 'GET', '/api/terms');
    expect(seen).toMatchObject([{ termId: term.termId, mayEdit: false }]);
    const own = Term.parse(
      (await create(bureau, { organizationId: at('河口中心小学'), name: '河口', endsOn: '2027-01-15' })).body,
    );
    expect((await termOf(app.db, at('石门教学点'), '2026-11-20'))?.termId).toBe(own.termId);
    expect((await termOf(app.db, at('石门教学点'), '2027-01-20'))?.termId).toBe(term.termId);
    expect((await termOf(app.db, at('清河县实验小学'), '2026-11-20'))?.termId).toBe(term.termId);
    expect(await termOf(app.db, at('清河县实验小学'), '2026-08-20')).toBeNull();
    expect(await teacher.get(Term.array(), 'GET', '/api/terms')).toHaveLength(1);
    const holding = await bureau.get(Term.array(), 'GET', `/api/terms?organizationId=${at('石门教学点')}`);
    expect(holding.map(({ termId }) => termId).sort()).toEqual([own.termId, term.termId].sort());
    expect((await bureau.ask('DELETE', `/api/terms/${own.termId}?version=1`)).status).toBe(200);
  });

  test('that cannot be say what is wrong with which day', async () => {
    const wrong: [object, string[]][] = [
      [{ name: '倒', endsOn: '2026-08-31', holidays: [], workdays: [] }, ['endsOn order']],
      [{ name: '长', endsOn: '2036-08-31', holidays: [], workdays: [] }, ['endsOn range']],
      [{ name: ' ' }, ['name required']],
      [{ startsOn: '2026-02-30' }, ['startsOn format']],
      [{ name: '撞' }, ['startsOn conflict']],
      [{ name: '长'.repeat(61) }, ['name tooLong']],
    ];
    for (const [changes, fields] of wrong) expect(fieldsOf(await create(bureau, changes))).toEqual(fields);
    const days = {
      name: '别的学期',
      organizationId: at('清河县实验小学'),
      holidays: [
        { name: '国庆节', from: '2026-10-01', to: '2026-10-07' },
        { name: '中秋节', from: '2026-10-07', to: '2026-10-08' },
        { name: '倒着', from: '2026-11-02', to: '2026-11-01' },
        { name: '太早', from: '2026-08-31', to: '2026-09-01' },
      ],
      workdays: [{ name: '', day: '2026-10-03', followsWeekday: 1 }],
    };
    expect(fieldsOf(await create(bureau, days))).toEqual([
      'holidays.1.from conflict',
      'holidays.2.to order',
      'holidays.3.from range',
      'workdays.0.day conflict',
    ]);
  });

  test('keep hostile names as text, without what would reach beyond their place', async () => {
    const organizationId = at('清河县实验小学');
    const answer = await create(bureau, { organizationId, name: '\u202e春\u0000季🏫<b>=1+1</b>' });
    const made = Term.parse(answer.body);
    expect(made.name).toBe('春季🏫<b>=1+1</b>');
    await bureau.ask('DELETE', `/api/terms/${made.termId}?version=${made.version}`);
  });

  test('go over a leap day', async () => {
    const changes = {
      ...{ organizationId: at('清河县实验小学'), name: '2027—2028学年第二学期' },
      ...{ startsOn: '2028-02-14', endsOn: '2028-07-07' },
      holidays: [{ name: '放假', from: '2028-02-28', to: '2028-03-01' }],
      workdays: [],
    };
    const made = Term.parse((await create(bureau, changes)).body);
    expect(made.days.map(({ day }) => day)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    await bureau.ask('DELETE', `/api/terms/${made.termId}?version=1`);
  });

  test('are changed by one of two administrators; the other is told', async () => {
    const answer = await put(term, { name: '秋季学期' });
    expect(TermSaved.parse(answer.body)).toMatchObject({ term: { name: '秋季学期', version: 2 } });
    const late = await put(term, { name: '另一个名字' });
    expect([late.status, (late.body as { error: { code: string } }).error.code]).toEqual([409, 'OVERTAKEN']);
    term = await bureau.get(Term, 'GET', `/api/terms/${term.termId}`);
    expect(term.name).toBe('秋季学期');
  });

  describe('with lessons', () => {
    beforeAll(async () => {
      const { lessonId } = await app.recordedLesson();
      const row = await app.db
        .selectFrom('lesson')
        .selectAll()
        .where('id', '=', lessonId)
        .executeTakeFirstOrThrow();
      const at = (day: string) => new Date(`${day}T01:00:00Z`);
      for (const [day, state] of [
        ['2026-09-08', 'ready'],
        ['2027-01-12', 'scheduled'],
        ['2027-01-19', 'scheduled'],
      ] as const) {
        const planned = { planned_start: at(day), planned_end: new Date(at(day).getTime() + 2_400_000) };
        await app.db
          .insertInto('lesson')
          .values({ ...row, id: newId(), ...planned, state, term_id: term.termId })
          .execute();
      }
    });

    test('lose none by a day that is shorter or free, unless that was said', async () => {
      const shorter = await put(term, { endsOn: '2027-01-15' });
      expect([shorter.status, fieldsOf(shorter)]).toEqual([409, ['lessons conflict']]);
      expect(shorter.body).toMatchObject({ error: { code: 'IN_USE', fields: [{ values: { count: 1 } }] } });
      const free = { holidays: [...term.holidays, { name: '雪', from: '2027-01-12', to: '2027-01-19' }] };
      expect((await put(term, free)).body).toMatchObject({ error: { fields: [{ values: { count: 2 } }] } });
      expect((await put(term, { ...free, lessonsFollow: true })).status).toBe(200);
      term = await bureau.get(Term, 'GET', `/api/terms/${term.termId}`);
    });

    test('never leave out one that was held', async () => {
      const later = { startsOn: '2026-09-10', lessonsFollow: true };
      expect(fieldsOf(await put(term, later))).toEqual(['heldLessons conflict']);
    });

    test('are not removed', async () => {
      const answer = await bureau.ask('DELETE', `/api/terms/${term.termId}?version=${term.version}`);
      expect([answer.status, fieldsOf(answer)]).toEqual([409, ['lessons conflict']]);
    });
  });

  test('are nobody else’s to change, and not there for strangers', async () => {
    expect(await create(teacher).then(({ status }) => status)).toBe(403);
    expect(await teacher.code('DELETE', `/api/terms/${term.termId}?version=3`)).toBe('FORBIDDEN');
    expect(await bureau.code('DELETE', `/api/terms/${newId()}?version=1`)).toBe('NOT_FOUND');
    expect(await app.anonymous().code('GET', '/api/terms')).toBe('NOT_SIGNED_IN');
    expect(await create(bureau, { organizationId: newId() }).then(({ status }) => status)).toBe(404);
  });
});
