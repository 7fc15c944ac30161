import { beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import type { Account } from '#protocol/domain.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { AccountRepository } from '../account/account-repository.ts';
import type { Db } from '../database/database.ts';
import { planDemoLesson, seedWorld } from '../demo/seed.ts';
import { readSeedFile } from '../demo/seed-file.ts';
import { IngestKeys } from './ingest-keys.ts';
import { LessonRepository } from './lesson-repository.ts';
import { mustMay } from './must-may.ts';

const seed = readSeedFile();

onBothDatabases('LessonRepository', (open) => {
  let db: Db;
  let lessonId: string;
  let accounts: AccountRepository;
  let lessons: LessonRepository;
  let people: Account[];
  beforeAll(async () => {
    db = (await open()).db;
    await seedWorld(db, seed);
    lessonId = await planDemoLesson(db, seed);
    accounts = new AccountRepository(db, 1);
    lessons = new LessonRepository(db);
    people = await accounts.all();
  });
  const named = (name: string) => people.find((account) => account.name === name)!;

  test.each([
    ['陈静', 'presenter'],
    ['实验小学录播教室', 'presenter'],
    ['石门教学点教室', 'remote'],
    ['河口小学多媒体教室', 'remote'],
    ['李秀兰', 'assistant'],
    ['刘小雨', 'viewer'],
    ['马建国', 'administrator'],
    ['赵强', 'operator'],
    ['林芳', 'observer'],
    ['周明', 'stranger'],
  ])('%s is %s in the demo lesson', async (name, role) => {
    expect(await lessons.roleOf(lessonId, named(name))).toBe(role);
    expect((await lessons.find(lessonId, named(name))) === null).toBe(role === 'stranger');
  });

  test('who administers or researches the side of a remote room listens in; who does so elsewhere is a stranger', async () => {
    const remoteSide: Account = {
      ...named('马建国'),
      accountId: newId(),
      organizationId: named('王海燕').organizationId,
    };
    expect(await lessons.roleOf(lessonId, remoteSide)).toBe('observer');
    expect(await lessons.roleOf(lessonId, { ...remoteSide, role: 'researcher' })).toBe('observer');
    expect(await lessons.roleOf(lessonId, { ...remoteSide, role: 'operator' })).toBe('stranger');
    const elsewhere = newId();
    await db
      .insertInto('organization')
      .values({ id: elsewhere, parent_id: null, kind: 'school', name: '外县小学' })
      .execute();
    expect(await lessons.roleOf(lessonId, { ...remoteSide, organizationId: elsewhere })).toBe('stranger');
  });

  test('a student of another class is a stranger', async () => {
    expect(await lessons.roleOf(lessonId, { ...named('刘小雨'), accountId: newId() })).toBe('stranger');
  });

  test('a day shows what an account may see and nothing else', async () => {
    const now = Date.now();
    const day = async (name: string) =>
      lessons.between(new Date(now - 120_000), new Date(now + 1000), named(name));
    expect((await day('陈静')).map((lesson) => lesson.lessonId)).toEqual([lessonId]);
    expect(await day('周明')).toEqual([]);
  });

  test('who is invited listens in, until they decline', async () => {
    const answer = async (state: 'invited' | 'declined') => {
      await db
        .insertInto('invitation')
        .values({
          ...{ lesson_id: lessonId, account_id: named('周明').accountId, part: 'guest', state },
          ...{ invited_by: named('林芳').accountId, invited_at: new Date() },
        })
        .onConflict((conflict) => conflict.columns(['lesson_id', 'account_id']).doUpdateSet({ state }))
        .execute();
      return await lessons.roleOf(lessonId, named('周明'));
    };
    expect(await answer('invited')).toBe('observer');
    expect(await answer('declined')).toBe('stranger');
  });

  test('a room sees with whom it sits, and a cancelled lesson stays to be seen and nothing else', async () => {
    const seen = async (name: string) => (await lessons.find(lessonId, named(name)))!;
    expect((await seen('石门教学点教室')).partners.map(({ name }) => name)).toEqual([
      '实验小学录播教室',
      '河口小学多媒体教室',
    ]);
    expect((await seen('陈静')).partners).toEqual((await seen('陈静')).remoteClassrooms);
    const cancel = (at: Date | null) =>
      db
        .updateTable('lesson')
        .set({ cancelled_at: at, cancel_reason: at && '停电' })
        .where('id', '=', lessonId)
        .execute();
    await cancel(new Date());
    const cancelled = await seen('陈静');
    expect(cancelled).toMatchObject({
      cancelled: { reason: '停电' },
      may: ['lesson.see'],
      role: 'presenter',
    });
    expect(() => mustMay(cancelled, 'lesson.open')).toThrow(
      expect.objectContaining({ code: 'LESSON_CANCELLED' }),
    );
    await cancel(null);
    expect((await seen('陈静')).may).toContain('lesson.start');
  });

  test('a list of many lessons takes as many queries as a list of one', async () => {
    const queries: string[] = [];
    const counted = db.withPlugin({
      transformQuery: ({ node }) => {
        queries.push(node.kind);
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await planDemoLesson(db, seed);
    const week = 7 * 86_400_000;
    const all = await new LessonRepository(counted).between(
      new Date(Date.now() - week),
      new Date(Date.now() + week),
      named('马建国'),
    );
    expect(all).toHaveLength(2);
    expect(queries).toHaveLength(2);
  });

  test('a session is known by its token only, ends when closed, and an ingest key opens one lesson only', async () => {
    const { sessions } = accounts;
    const { token, sessionId } = await sessions.open(named('陈静').accountId, { way: 'demo' });
    expect((await sessions.read(token))?.account?.name).toBe('陈静');
    expect(await sessions.read(`${token}x`)).toBeNull();
    await sessions.end({ sessionId }, 'signedOut');
    expect(await sessions.read(token)).toBeNull();

    const keys = new IngestKeys(db, accounts);
    const key = await keys.create(lessonId, named('实验小学录播教室').accountId);
    expect((await keys.accountOf(lessonId, key.token)).name).toBe('实验小学录播教室');
    await expect(keys.accountOf(newId(), key.token)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  });
});
