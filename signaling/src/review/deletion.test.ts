import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { Binned, DeletionProof, RetentionBook } from '#protocol/retention.ts';
import { TestApp } from '../../testing/app.ts';
import type { TestPerson } from '../../testing/person.ts';
import { pass, promised, Reviewed, reviewParts, terms } from '../../testing/review.ts';

const DAY_MS = 86_400_000;
let app: TestApp;
let author: TestPerson;
let school: TestPerson;
let administrator: TestPerson;
let parts: ReturnType<typeof reviewParts>;

beforeAll(async () => {
  app = await TestApp.open((made) => {
    parts = reviewParts(made);
    return { api: parts.routes };
  });
  author = await app.signIn('陈静');
  school = await app.signIn('赵强');
  administrator = await app.signIn('马建国');
});
afterAll(() => app.close());

const recordingOf = async (it: Reviewed) => (await it.find())!.programme!.clips[0]!.recordingId;
const proof = async (it: Reviewed) => await administrator.get(DeletionProof, 'GET', it.at('/proof'));

/** With files of every kind, and rows in the tables that hang on it. */
async function full(): Promise<Reviewed> {
  const it = await Reviewed.draft(app);
  const { lessonId, organizationId } = (await it.find())!;
  const recordingId = await recordingOf(it);
  for (const key of [
    `recordings/${recordingId}/track/master.m3u8`,
    `recordings/${recordingId}/track/0/a1.m4s`,
    `thumbnails/${recordingId}/0.jpg`,
    `thumbnails/${it.resourceId}/0.jpg`,
    `resources/${it.resourceId}/3/programme.m3u8`,
    `exports/${it.resourceId}/cut.mp4`,
  ])
    await app.parts.blobs.put(key, 'x');
  await app.db
    .insertInto('caption')
    .values({
      id: newId(),
      organization_id: organizationId,
      subject_id: lessonId!,
      lesson_id: lessonId,
      resource_id: null,
      language: 'zh',
      label: '中文',
      version: 1,
      removed_at: null,
    })
    .execute();
  await it.move(author, '/submit', promised());
  await school.get(Binned.partial(), 'POST', it.at('/remarks'), { text: '好', atMs: 1 });
  return it;
}

async function thrownAway(it: Reviewed, who: TestPerson, now = false): Promise<Binned> {
  return await who.get(Binned, 'DELETE', it.at(), { version: await it.version(), why: '录错了', now });
}

test('in the bin nobody finds it, and whoever may delete it takes it out again as it was', async () => {
  const it = await full();
  const state = (await it.find())!.state;
  expect(await (await app.signIn('周明')).code('DELETE', it.at(), { version: 1, why: 'x' })).toBe(
    'NOT_FOUND',
  );
  expect(await administrator.code('DELETE', it.at(), { version: await it.version(), why: 'x' })).toBe(
    'FORBIDDEN',
  );
  await thrownAway(it, author);
  for (const who of [author, school, administrator]) expect(await who.code('GET', it.at())).toBe('NOT_FOUND');
  expect(await author.code('POST', it.at('/submit'), { version: 9, ...promised() })).toBe('NOT_FOUND');
  const { bin } = await author.get(RetentionBook, 'GET', '/api/retention');
  expect(bin).toMatchObject([{ resourceId: it.resourceId, why: '录错了', byName: '陈静', gone: false }]);
  expect((await (await app.signIn('周明')).get(RetentionBook, 'GET', '/api/retention')).bin).toEqual([]);
  expect(await (await app.signIn('周明')).code('POST', it.at('/take-out'))).toBe('NOT_FOUND');
  expect(await school.code('POST', it.at('/take-out'))).toBeNull();
  expect((await it.find())!.state).toBe(state);
});

test('after a week it is gone, everywhere, and only the record of it is left', async () => {
  const it = await full();
  const recordingId = await recordingOf(it);
  await thrownAway(it, author);
  await parts.retention.round(new Date(Date.now() + 6 * DAY_MS));
  expect(await administrator.code('GET', it.at('/proof'))).toBe('NOT_FOUND');
  const { deleted } = await parts.retention.round(new Date(Date.now() + 8 * DAY_MS));
  expect(deleted).toBe(1);
  const { clean, tombstone, places } = await proof(it);
  expect(places.filter(({ left }) => left > 0)).toEqual([]);
  expect(clean).toBe(true);
  expect(places.map(({ place }) => place)).toEqual(
    expect.arrayContaining(['public.resource', 'public.caption', 'public.job', 'public.recording_track']),
  );
  expect(tombstone).toMatchObject({ byName: '陈静', why: '录错了', kind: 'replay' });
  for (const folder of ['recordings', 'thumbnails'])
    expect(await app.parts.blobs.list(`${folder}/${recordingId}`)).toEqual([]);
  expect(await parts.resources.draftReplays()).toEqual([]);
  expect(await school.code('GET', it.at('/proof'))).toBe('NOT_FOUND');
});

test('a proof finds what somebody forgot', async () => {
  const it = await full();
  await thrownAway(it, author, true);
  expect((await proof(it)).clean).toBe(true);
  await app.parts.blobs.put(`exports/forgotten-${it.resourceId}.mp4`, 'x');
  const { clean, places } = await proof(it);
  expect([clean, places.filter(({ left }) => left > 0)]).toEqual([
    false,
    [{ place: 'files exports/', left: 1 }],
  ]);
  await app.parts.blobs.delete(`exports/forgotten-${it.resourceId}.mp4`);
});

test('a recording that a micro-video shows stays until that goes, too', async () => {
  const it = await full();
  const recordingId = await recordingOf(it);
  const { programme, organizationId, authorId, lessonId } = (await it.find())!;
  const clips = [{ ...programme!.clips[0]!, toMs: 60_000 }];
  const micro = new Reviewed(
    app,
    await parts.resources.create({
      organizationId,
      kind: 'microVideo',
      lessonId,
      authorId,
      title: '一分钟',
      description: '',
      programme: { ...programme!, clips },
      durationMs: 60_000,
      catalogue: {},
    }),
  );
  await thrownAway(it, author, true);
  const { clean, kept } = await proof(it);
  expect([clean, kept]).toEqual([
    true,
    expect.arrayContaining([{ place: `recordings/${recordingId}`, because: 'shown by: 一分钟' }]),
  ]);
  expect(await app.parts.blobs.list(`recordings/${recordingId}`)).toHaveLength(2);
  expect(await parts.resources.draftReplays()).toEqual([]);
  await thrownAway(micro, author, true);
  expect(await app.parts.blobs.list(`recordings/${recordingId}`)).toEqual([]);
  expect((await proof(micro)).clean).toBe(true);
});

test('a content that two resources show goes with the last of them, with all that was made of it', async () => {
  const [one, other] = [await Reviewed.draft(app), await Reviewed.draft(app)];
  const folder = `resources/${newId()}`;
  const keys = [`${folder}/film/0.m4s`, `${folder}/source-a.mp4`];
  for (const key of keys) await app.parts.blobs.put(key, 'x');
  const file = { role: 'source', blob_key: keys[1]!, sha256: 'a', bytes: 1, mime: 'video/mp4' } as const;
  for (const { resourceId } of [one, other])
    await app.db
      .insertInto('resource_file')
      .values({ resource_id: resourceId, ...file })
      .execute();
  await thrownAway(one, author, true);
  expect(await app.parts.blobs.list(folder)).toEqual(keys);
  // As after a crash between the files and the rows.
  for (const key of keys) await app.parts.blobs.delete(key);
  await thrownAway(other, author, true);
  expect(await app.parts.blobs.list(folder)).toEqual([]);
  expect((await proof(other)).clean).toBe(true);
});

test('what a rule ends is announced thirty days before, can be kept longer, and then goes through the bin', async () => {
  const now = new Date(Date.now() + 400 * DAY_MS);
  const later = (days: number) => new Date(now.getTime() + days * DAY_MS);
  const [goes, stays] = [await Reviewed.draft(app), await Reviewed.draft(app)];
  await goes.move(author, '/submit', promised('school'));
  await goes.move(school, '/decision', pass);
  await goes.move(school, '/publish', terms('school'));
  const rule = { mode: 'delivery', months: 12, after: 'delete' };
  for (const who of [author, school])
    expect(await who.code('PUT', '/api/retention/rules', rule)).toBe('FORBIDDEN');
  const { rules } = await administrator.get(RetentionBook, 'PUT', '/api/retention/rules', rule);
  expect(rules[0]).toEqual({ mode: 'delivery', months: 12, after: 'delete', fromName: '清河县教育局' });
  expect((await administrator.get(RetentionBook, 'GET', '/api/retention')).due).toEqual([]);

  expect((await parts.retention.round(now)).binned).toBe(0);
  const due = async (who: TestPerson, at: Date) => (await parts.retention.book(who.account!, at)).due;
  const told = (await due(administrator, now)).find(({ resourceId }) => resourceId === goes.resourceId);
  expect(told).toMatchObject({ warnedAt: now.getTime(), dueAt: later(30).getTime(), after: 'delete' });
  expect((await due(author, now)).map(({ resourceId }) => resourceId)).toContain(goes.resourceId);
  expect(await due(await app.signIn('周明'), now)).toEqual([]);

  await parts.retention.keep(stays.resourceId, author.account!, 6, now);
  await parts.retention.round(later(29));
  expect((await goes.find())?.state).toBe('published');
  await parts.retention.round(later(31));
  expect([await goes.find(), (await stays.find())?.state]).toEqual([null, 'draft']);
  await parts.retention.round(later(40));
  const { tombstone, clean } = await proof(goes);
  expect([tombstone?.why, clean]).toEqual(['retention', true]);
});
