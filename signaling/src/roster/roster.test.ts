import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { TestPerson } from '../../testing/person.ts';
import { exported, RosterClerk, type RosterTexts, unzipped } from '../../testing/roster.ts';
import { makeCounty } from '../demo/county/county.ts';
import { rosterRoutes } from './roster-routes.ts';

onBothDatabases('lists as OneRoster files', (open) => {
  let app: TestApp;
  let rootId: string;
  let clerk: TestPerson;
  let zip: Buffer;
  let files: RosterTexts;

  beforeAll(async () => {
    app = await openApp();
    ({ rootId } = await makeCounty(app.db, { size: 'small' }));
    clerk = await administratorOf(app, rootId);
    zip = await exported(clerk, rootId);
    files = await unzipped(zip);
  }, 30_000);
  afterAll(() => app.close());

  const openApp = () =>
    TestApp.open((parts) => ({ api: [rosterRoutes({ ...parts, config: null as never })] }), { open });
  const administratorOf = async (of: TestApp, organizationId: string) => {
    const { name } = (await of.parts.accounts.all()).find(
      (one) => one.organizationId === organizationId && one.role === 'administrator',
    )!;
    return await of.signIn(name);
  };
  const schoolNamed = async (name: string) =>
    (await app.db.selectFrom('organization').select('id').where('name', '=', name).executeTakeFirstOrThrow())
      .id;

  test('what was exported has nothing new to say where it came from', async () => {
    const roster = new RosterClerk(clerk);
    const told = await roster.plan(rootId, { 'oneroster.zip': zip });
    expect(told.files.flatMap(({ problems }) => problems)).toEqual([]);
    for (const counts of Object.values(told.counts!)) expect(Object.keys(counts)).toEqual(['unchanged']);
    expect(told.ready).toBe(false);
    expect(files.manifest).toContain('file.orgs,bulk');
    expect(files.manifest).toContain('file.results,absent');
  });

  test('and brought into an empty database it makes the same rows', async () => {
    const other = await openApp();
    try {
      const organization_id = newId();
      const account_id = newId();
      await other.db
        .insertInto('organization')
        .values({ id: organization_id, parent_id: null, kind: 'bureau', name: '云州市教育局' })
        .execute();
      const first = await app.db
        .selectFrom('account')
        .select(['name', 'number', 'login'])
        .where('id', '=', clerk.accountId)
        .executeTakeFirstOrThrow();
      await other.db
        .insertInto('account')
        .values({ id: account_id, organization_id, kind: 'person', ...first })
        .execute();
      await other.db
        .insertInto('account_role')
        .values({ account_id, organization_id, role: 'administrator' })
        .execute();
      await other.db.updateTable('account').set({ disabled_at: null }).execute();
      const there = await administratorOf(other, organization_id);
      const roster = new RosterClerk(there);
      // Who decides on access and who reads the audit comes into no list: they are given by hand.
      const withoutSeparate = { ...files, users: files.users.replace(/^.*(security|auditor)@.*\r\n/gm, '') };
      const asFiles = Object.fromEntries(
        Object.entries(withoutSeparate).map(([name, text]) => [`${name}.csv`, text]),
      );
      const told = await roster.plan(organization_id, asFiles);
      expect(await roster.wrong()).toEqual([]);
      expect(told.ready).toBe(true);
      expect(await roster.apply()).toMatchObject({ state: 'applied', failure: null });
      const again = await unzipped(await exported(there, organization_id));
      const withoutRooms = (text: string) => text.replaceAll(/(homeroom,)[^,]*教室,/g, '$1,');
      for (const kind of ['orgs', 'academicSessions', 'courses', 'users', 'enrollments'] as const)
        expect(again[kind]).toBe(withoutSeparate[kind]);
      expect(again.classes).toBe(withoutRooms(files.classes));
    } finally {
      await other.close();
    }
  }, 60_000);

  describe('what a school’s clerk sends', () => {
    let schoolId: string;
    let school: TestPerson;
    let roster: RosterClerk;
    beforeAll(async () => {
      schoolId = await schoolNamed('龙潭乡中心小学');
      school = await administratorOf(app, schoolId);
      roster = new RosterClerk(school);
    });

    const HEAD = 'sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,identifier';
    const users = (...lines: string[]) => `${[HEAD, ...lines].join('\n')}\n`;
    const nameOf = async (number: string) =>
      (await app.db.selectFrom('account').select('name').where('number', '=', number).executeTakeFirst())
        ?.name;
    const orgs = `sourcedId,name,type,parentSourcedId\nS1,龙潭乡中心小学,school,\n`;

    test('as Excel in China saves it, in GBK, with semicolons or in UTF-16', async () => {
      // 张三, 教师 in GBK.
      const gbk = Buffer.concat([
        Buffer.from(`sourcedId,name,type,parentSourcedId\nS1,`),
        Buffer.from('c1faccb6cfe7d6d0d0c4d0a1d1a7', 'hex'),
        Buffer.from(',school,\n'),
      ]);
      const text = users('g1,,true,S1,teacher,,三,张,GBK-1').replaceAll(',', ';');
      const told = await roster.plan(schoolId, {
        'orgs.csv': gbk,
        'users.csv': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
      });
      expect(told.files.map(({ encoding }) => encoding)).toEqual(['GBK', 'UTF-16']);
      expect(await roster.wrong()).toEqual([]);
      await roster.apply();
      expect(await nameOf('GBK-1')).toBe('张三');
      // The bureau's list and the school's name the same school differently.
      expect((await roster.plan(schoolId, { 'orgs.csv': `\ufeff${orgs}` })).counts?.orgs).toEqual({
        unchanged: 1,
      });
    });

    test('with a formula, emoji, turned and overlong names', async () => {
      const told = await roster.plan(schoolId, {
        'orgs.csv': orgs,
        'users.csv': users(
          `f1,,true,S1,student,,"=HYPERLINK(""http://evil"",""点我"")",,F-1`,
          'f2,,true,S1,student,,\u202e小雨🌧️,刘,F-2',
          `f3,,true,S1,student,,${'长'.repeat(81)},刘,F-3`,
        ),
      });
      expect(await roster.wrong()).toEqual(['users.csv:4 givenName tooLong']);
      expect(told.ready).toBe(false);
      expect(await school.code('POST', `${roster.path}/apply`)).toBe('WRONG_STATE');
      await roster.put(
        'users.csv',
        users(
          `f1,,true,S1,student,,"=HYPERLINK(""http://evil"",""点我"")",,F-1`,
          'f2,,true,S1,student,,\u202e小雨🌧️,刘,F-2',
        ),
      );
      await roster.planned();
      await roster.apply();
      expect(await nameOf('F-1')).toBe('=HYPERLINK("http://evil","点我")');
      expect(await nameOf('F-2')).toBe('刘小雨🌧️');
      const out = await unzipped(await exported(school, schoolId));
      expect(out.users).toContain(`"'=HYPERLINK(""http://evil"",""点我"")"`);
      const again = await roster.plan(schoolId, { 'users.csv': out.users, 'orgs.csv': out.orgs });
      expect(Object.keys(again.counts!.users)).toEqual(['unchanged']);
    });

    test('with everything that can be wrong in a row, by file and line', async () => {
      await roster.plan(schoolId, {
        'orgs.csv': `${orgs}C1,甲,school,C2\nC2,乙,school,C1\nB1,局,district,S1\n`,
        'users.csv': users(
          'w1,,true,S1,teacher,,"一,王,W-1',
          'w2,,true,S1,wizard,,一,王,W-2',
          'w3,,true,NOWHERE,teacher,,一,王,W-3',
          'w4,,true,S1,teacher,,一,王,W-4',
          'w4,,true,S1,teacher,,二,王,W-5',
          'w6,,true,C1,teacher,,一,王,W-6',
          'w7,,true,S1,teacher,,一\0,王,W-7',
          'w8,,true,S1,teacher,same,一,王,W-8',
          'w9,,true,S1,teacher,same,一,王,W-9',
          ',,true,S1,teacher,,一,王,W-10',
          'w11,gone,true,S1,teacher,,一,王,W-11',
          'w12,,true,S1,parent,,一,王,W-12',
          'w13,,true,S1,teacher,,一,王,W-13,too,many',
        ),
      });
      expect(await roster.wrong()).toEqual([
        'orgs.csv:3 parentSourcedId cycle',
        'orgs.csv:4 parentSourcedId cycle',
        'orgs.csv:5 parentSourcedId wrongPlace',
        'users.csv:2  quotes',
        'users.csv:3 role format',
        'users.csv:4 orgSourcedIds unknownReference',
        'users.csv:6 sourcedId duplicate',
        'users.csv:7 orgSourcedIds refusedReference',
        'users.csv:8 givenName nul',
        'users.csv:10 username duplicate',
        'users.csv:11 sourcedId required',
        'users.csv:12 status format',
        'users.csv:14  columns',
      ]);
      const [broken] = await roster.rows('fate=refused&kind=users');
      expect(broken?.original).toBe('w1,,true,S1,teacher,,"一,王,W-1');
      expect((await roster.rows('fate=skipped')).map(({ line }) => line)).toEqual([13]);
      expect(await nameOf('W-4')).toBeUndefined();
    });

    test('only what is below it: another school’s people, names and logins are nothing to it', async () => {
      const otherId = await schoolNamed('平溪县实验小学');
      const outside = await app.db
        .selectFrom('account')
        .select(['id', 'login'])
        .where('organization_id', '=', otherId)
        .where('login', 'is not', null)
        .executeTakeFirstOrThrow();
      await roster.plan(schoolId, {
        'users.csv': users(
          `tc-${outside.id},,true,tc-${otherId},teacher,,一,王,O-1`,
          `o2,,true,tc-${schoolId},teacher,${outside.login},一,王,O-2`,
        ),
      });
      expect(await roster.wrong()).toEqual([
        'users.csv:2 orgSourcedIds unknownReference',
        'users.csv:3 username taken',
      ]);
      expect(await school.code('POST', '/api/roster/imports', { organizationId: otherId })).toBe('NOT_FOUND');
      expect(await school.code('POST', '/api/roster/imports', { organizationId: newId() })).toBe('NOT_FOUND');
      expect(await school.code('GET', `/api/roster/export?organization=${otherId}`)).toBe('NOT_FOUND');
      expect(await clerk.code('GET', roster.path)).toBe('NOT_FOUND');
    });

    test('gives no rights that it has not to give, and takes none from whoever sends it', async () => {
      const me = await app.db
        .selectFrom('account')
        .selectAll()
        .where('id', '=', school.accountId)
        .executeTakeFirstOrThrow();
      const withRoles = (roles: string) =>
        `${HEAD},metadata.roles\ntc-${me.id},,true,tc-${schoolId},administrator,${me.login},${me.name},,${me.number},${roles}\n`;
      await roster.plan(schoolId, { 'users.csv': withRoles(`auditor@tc-${schoolId}`) });
      expect(await roster.wrong()).toEqual([
        'users.csv:2 role notYours',
        'users.csv:2 metadata.roles yourself',
      ]);
      await roster.plan(schoolId, {
        'users.csv': withRoles(`administrator@tc-${schoolId};security@tc-${schoolId}`),
      });
      expect(await roster.wrong()).toEqual(['users.csv:2 role separateRoles', 'users.csv:2 role notYours']);
      await roster.plan(schoolId, {
        'users.csv': users(`tc-${me.id},tobedeleted,true,tc-${schoolId},administrator,,${me.name},,`),
      });
      expect(await roster.wrong()).toEqual(['users.csv:2 status yourself']);
    });

    test('archives who is to be deleted, with their sessions; what somebody changed meanwhile is not run over', async () => {
      const line = (status: string) => `t1,${status},true,tc-${schoolId},teacher,tone,一,汤,T-1`;
      await roster.plan(schoolId, { 'users.csv': users(line('')) });
      await roster.apply();
      const teacher = await app.signIn('汤一');
      expect(
        (await roster.plan(schoolId, { 'users.csv': users(line('tobedeleted')) })).counts?.users,
      ).toEqual({
        archived: 1,
      });
      await app.db.updateTable('account').set({ version: 7 }).where('id', '=', teacher.accountId).execute();
      await app.db
        .updateTable('account')
        .set({ archived_at: new Date() })
        .where('id', '=', teacher.accountId)
        .execute();
      expect(await roster.apply()).toMatchObject({ state: 'planned', failure: 'OVERTAKEN' });
      await app.db
        .updateTable('account')
        .set({ archived_at: null })
        .where('id', '=', teacher.accountId)
        .execute();
      expect(await roster.apply()).toMatchObject({ state: 'applied' });
      expect(await app.parts.accounts.find(teacher.accountId)).toBeNull();
    });

    test('tells who was in the list before and is not now; they stay, or leave when it is said so', async () => {
      const person = (n: number, rest = '') => `m${n},,true,tc-${schoolId},student,${rest},甲${n},孟,M-${n}`;
      const classes = `sourcedId,title,grades,schoolSourcedId\nmc,六年级(9)班,06,tc-${schoolId}\n`;
      const members = (...all: number[]) =>
        `classSourcedId,userSourcedId,role\n${all.map((n) => `mc,m${n},student\n`).join('')}`;
      await roster.plan(schoolId, {
        'users.csv': users(person(1, 'meng1'), person(2), person(3)),
        'classes.csv': classes,
        'enrollments.csv': members(1, 2, 3),
      });
      await roster.apply();
      const files = { 'users.csv': users(person(1), person(2)), 'enrollments.csv': members(1) };
      const told = await roster.plan(schoolId, files);
      // Of those who were entered by hand nothing is said; an empty cell takes no login away.
      expect(told).toMatchObject({ missing: 'keep', ready: false });
      expect(told.counts).toMatchObject({ users: { unchanged: 2 }, enrollments: { unchanged: 1, kept: 1 } });
      expect((await roster.rows('fate=kept&kind=users')).map(({ label }) => label)).toContain('孟甲3');
      await roster.put('manifest.csv', 'propertyName,value\nfile.users,delta\nfile.enrollments,delta\n');
      expect((await roster.planned('archive')).counts).toEqual({
        ...told.counts,
        users: { unchanged: 2 },
        enrollments: { unchanged: 1 },
      });
      await roster.plan(schoolId, files);
      const leaving = await roster.planned('archive');
      expect(leaving).toMatchObject({ missing: 'archive', ready: true });
      expect((await roster.rows('fate=left')).map(({ kind, label, line }) => [kind, label, line])).toEqual(
        expect.arrayContaining([
          ['users', '孟甲3', 0],
          ['enrollments', '孟甲2 · 六年级(9)班', 0],
        ]),
      );
      expect(await roster.apply()).toMatchObject({ state: 'applied', failure: null });
      const after = await app.db
        .selectFrom('account as a')
        .leftJoin('class_group_member as m', 'm.account_id', 'a.id')
        .select(['a.number', 'a.login', 'a.archived_at', 'm.class_group_id'])
        .where('a.number', 'like', 'M-%')
        .orderBy('a.number')
        .execute();
      expect(
        after.map((one) => [one.number, one.login, one.archived_at !== null, one.class_group_id !== null]),
      ).toEqual([
        ['M-1', 'meng1', false, true],
        ['M-2', null, false, false],
        ['M-3', null, true, true],
      ]);
    });
  });
});
