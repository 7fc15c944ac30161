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

  test('an administrator of another school, or a student of another class, is a stranger', async () => {
    const elsewhere: Account = {
      ...named('马建国'),
      accountId: newId(),
      organizationId: named('王海燕').organizationId,
    };
    expect(await lessons.roleOf(lessonId, elsewhere)).toBe('stranger');
    expect(await lessons.roleOf(lessonId, { ...named('刘小雨'), accountId: newId() })).toBe('stranger');
  });

  test('a day shows what an account may see and nothing else', async () => {
    const now = Date.now();
    const day = async (name: string) =>
      lessons.between(new Date(now - 120_000), new Date(now + 1000), named(name));
    expect((await day('陈静')).map((lesson) => lesson.lessonId)).toEqual([lessonId]);
    expect(await day('周明')).toEqual([]);
  });

  test('a session is known by its token only, ends when closed, and an ingest key opens one lesson only', async () => {
    const { token } = await accounts.openSession(named('陈静').accountId);
    expect((await accounts.ofSession(token))?.name).toBe('陈静');
    expect(await accounts.ofSession(`${token}x`)).toBeNull();
    await accounts.closeSession(token);
    expect(await accounts.ofSession(token)).toBeNull();

    const keys = new IngestKeys(db, accounts);
    const key = await keys.create(lessonId, named('实验小学录播教室').accountId);
    expect((await keys.accountOf(lessonId, key.token)).name).toBe('实验小学录播教室');
    await expect(keys.accountOf(newId(), key.token)).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  });
});
