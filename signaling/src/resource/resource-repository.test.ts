import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { copyDatabaseTemplate } from '#platform/testing/database-template.ts';
import type { Reach } from '#protocol/resource.ts';
import { AccountRepository } from '../account/account-repository.ts';
import { openDatabase } from '../database/database.ts';
import { planDemoLesson, seedWorld } from '../demo/seed.ts';
import { readSeedFile } from '../demo/seed-file.ts';
import { RecordingRepository } from '../room/recording-repository.ts';
import { ResourceAccess } from './access.ts';
import { ResourceRepository } from './resource-repository.ts';

const folder = await mkdtemp(join(tmpdir(), 'resources-'));
await copyDatabaseTemplate(folder);
const { db, close } = await openDatabase(folder);
const seed = readSeedFile();
await seedWorld(db, seed);
const lessonId = await planDemoLesson(db, seed);
const people = await new AccountRepository(db, 1).all();
const named = (name: string) => people.find((account) => account.name === name)!;
const recordings = new RecordingRepository(db);
const resources = new ResourceRepository(db);
const access = new ResourceAccess(db, resources);
const by = { byAccountId: named('陈静').accountId, what: 'edited' };
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

test('a finished recording gets one draft of its replay, however often it is asked for', async () => {
  expect(await resources.draftReplays()).toEqual([]);
  const recordingId = newId();
  await recordings.createOnce(recordingId, lessonId, Date.now());
  expect(await resources.draftReplays()).toEqual([]);
  await recordings.finalize(recordingId, 60_000, []);
  const [both] = await Promise.all([resources.draftReplays(), resources.draftReplays()]);
  expect(both).toHaveLength(1);
  expect(await resources.draftReplays()).toEqual([]);
  expect(await resources.ofLesson(lessonId)).toMatchObject({
    kind: 'replay',
    state: 'draft',
    version: 1,
    authorName: '陈静',
    durationMs: 60_000,
    catalogue: { subject: '英语', grade: '五年级', knowledgePoints: [] },
    programme: { clips: [{ recordingId, lessonId, fromMs: 0, toMs: 60_000 }], shots: null },
  });
});

test('of two changes at once the slower is overtaken, and each version is kept', async () => {
  const { resourceId, version } = (await resources.ofLesson(lessonId))!;
  const results = await Promise.allSettled([
    resources.change(resourceId, version, { title: '甲' }, by),
    resources.change(resourceId, version, { title: '乙' }, by),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'OVERTAKEN' },
  });
  expect((await resources.versions(resourceId)).map((kept) => kept.version)).toEqual([1, 2]);
  await expect(resources.change(newId(), 1, {}, by)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a draft is seen by its author and those who review it', async () => {
  const { resourceId } = (await resources.ofLesson(lessonId))!;
  const seen = async (name: string | null) =>
    await access
      .permitted(resourceId, name === null ? null : named(name), 'resource.see')
      .then(({ may }) => may.includes('resource.edit') || may.includes('resource.reviewBureau'))
      .catch(({ code }) => code as string);
  expect(await seen('陈静')).toBe(true);
  expect(await seen('赵强')).toBe(true);
  expect(await seen('马建国')).toBe(true);
  for (const name of ['刘小雨', '周明', '石门教学点教室', null]) expect(await seen(name)).toBe('NOT_FOUND');
});

test.each<[Reach, string[]]>([
  ['classes', ['刘小雨', '石门教学点教室']],
  ['school', ['周明']],
  ['county', ['刘小雨', '石门教学点教室', '周明']],
  ['signedIn', ['刘小雨', '石门教学点教室', '周明']],
  ['public', ['刘小雨', '石门教学点教室', '周明', '']],
  ['password', []],
])('published for %s it is watched by %j', async (reach, expected) => {
  const { resourceId, version } = (await resources.ofLesson(lessonId))!;
  await resources.change(resourceId, version, { state: 'published', reach }, by);
  const seeing: string[] = [];
  for (const name of ['刘小雨', '石门教学点教室', '周明', '']) {
    const account = name ? named(name) : null;
    await access.permitted(resourceId, account, 'resource.watch').then(
      () => seeing.push(name),
      () => undefined,
    );
  }
  expect(seeing).toEqual(expected);
});

test('outside its dates nobody watches it', async () => {
  const { resourceId, version } = (await resources.ofLesson(lessonId))!;
  const hour = 3_600_000;
  const reach = 'public' as const;
  const next = await resources.change(
    resourceId,
    version,
    { reach, starts_at: new Date(Date.now() + hour) },
    by,
  );
  await expect(access.permitted(resourceId, null, 'resource.watch')).rejects.toThrow();
  const dates = { starts_at: null, ends_at: new Date(Date.now() - hour) };
  await resources.change(resourceId, next, dates, by);
  await expect(access.permitted(resourceId, null, 'resource.watch')).rejects.toThrow();
});
