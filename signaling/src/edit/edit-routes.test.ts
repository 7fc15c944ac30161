import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { newId } from '#platform/ids.ts';
import { cutOut, endAt, join, splitAt, startAt } from '#protocol/edit-clips.ts';
import {
  EditDesk,
  EditEntry,
  EditSource,
  Joinable,
  Restored,
  Saved,
  type SaveProgramme,
  SplitDone,
  VersionLine,
} from '#protocol/edit-rest.ts';
import { hide, setShot } from '#protocol/edit-shots.ts';
import { durationOf, type Programme, type Shot } from '#protocol/programme.ts';
import type { RecordedTrack } from '#protocol/recorder-node.ts';
import { TimelinePage } from '#protocol/rest.ts';
import { TestApp } from '../../testing/app.ts';
import type { TestPerson } from '../../testing/person.ts';
import { editBodies, editRoutes } from '../http/edit-routes.ts';
import { EditService } from './edit-service.ts';
import { EditSources } from './edit-sources.ts';

const MINUTE = 60_000;
let app: TestApp;
let teacher: TestPerson;
let operator: TestPerson;
beforeAll(async () => {
  app = await TestApp.open(({ db, resources, access, timelines, serving }) => {
    const sources = new EditSources(db, resources, timelines, (lesson) => serving.replays.ofLesson(lesson));
    return {
      api: [editRoutes(new EditService(db, resources, access, sources))],
      large: [editBodies()],
    };
  });
  teacher = await app.signIn('陈静');
  operator = await app.signIn('赵强');
});
afterAll(() => app.close());

const feed = (role: RecordedTrack['role']): RecordedTrack => ({
  trackId: newId(),
  participantId: newId(),
  role,
  kind: role === 'mic' ? 'audio' : 'video',
  playlist: 'p/master.m3u8',
  spans: [{ fromMs: 0, toMs: 45 * MINUTE }],
});

/** A recorded lesson of 45 minutes with three feeds. */
async function lesson(title = 'Unit 5') {
  const { lessonId, recordingId, resourceId, durationMs } = await app.recordedLesson({ title });
  const feeds = { face: feed('teacher'), pupils: feed('pupils'), voice: feed('mic') };
  for (const track of Object.values(feeds)) await app.parts.recordings.saveTrack(recordingId, track);
  const path = `/api/resources/${resourceId}`;
  const { resource } = await teacher.get(EditDesk, 'GET', `${path}/edit`);
  return { lessonId, recordingId, resourceId, durationMs, feeds, path, resource };
}

const save = (path: string, body: z.input<typeof SaveProgramme>, who = teacher) =>
  who.get(Saved, 'PUT', `${path}/programme`, body);
const refused = (path: string, body: unknown, who = teacher) => who.code('PUT', `${path}/programme`, body);
const versions = (path: string, who = teacher) => who.get(z.array(VersionLine), 'GET', `${path}/versions`);

async function giveTo(resourceId: string, name: string, organizationId?: string) {
  const { account } = await app.signIn(name);
  await app.db
    .updateTable('resource')
    .set({ author_id: account!.accountId, ...(organizationId && { organization_id: organizationId }) })
    .where('id', '=', resourceId)
    .execute();
  return account!;
}

test('the desk of a draft opens for its author and the school, with every feed; to others it does not exist', async () => {
  const { path, recordingId, lessonId, resourceId, feeds, durationMs } = await lesson();
  for (const who of [teacher, operator]) {
    expect(await who.get(EditEntry, 'GET', `/api/lessons/${lessonId}/edit`)).toEqual({ resourceId });
    const { resource, sources } = await who.get(EditDesk, 'GET', `${path}/edit`);
    expect(resource).toMatchObject({ version: 1, programme: { clips: [{ recordingId, toMs: durationMs }] } });
    expect(sources.map((source) => source.recordingId)).toEqual([recordingId]);
    expect(sources[0]!.replay.tracks.map(({ trackId }) => trackId).toSorted()).toEqual(
      Object.values(feeds)
        .map(({ trackId }) => trackId)
        .toSorted(),
    );
    await who.get(TimelinePage, 'GET', `${path}/edit/timelines/${recordingId}`);
  }
  for (const name of ['周明', '刘小雨', '石门教学点教室']) {
    expect(await (await app.signIn(name)).code('GET', `/api/lessons/${lessonId}/edit`)).toBe('NOT_FOUND');
    for (const route of ['/edit', '/edit/sources', '/versions', `/edit/timelines/${recordingId}`])
      expect(await (await app.signIn(name)).code('GET', path + route)).toBe('NOT_FOUND');
  }
  expect(await app.anonymous().code('GET', `${path}/edit`)).toBe('NOT_SIGNED_IN');
});

test('head, tail, a part in the middle and a hidden feed are saved, and are there the next time', async () => {
  const { path, recordingId, feeds, resource } = await lesson();
  const trimmed = endAt(startAt(resource.programme, recordingId, MINUTE), recordingId, 40 * MINUTE);
  const cut = hide(cutOut(trimmed, recordingId, 10 * MINUTE, 12 * MINUTE), feeds.pupils.trackId);
  const shot: Shot = {
    recordingId,
    atMs: 5 * MINUTE,
    layout: 'side',
    board: true,
    feedIds: [feeds.face.trackId],
  };
  const programme = setShot(cut, [], shot);
  expect(await save(path, { seen: 1, programme })).toEqual({ version: 2, durationMs: 37 * MINUTE });
  const again = await operator.get(EditDesk, 'GET', `${path}/edit`);
  expect(again.resource).toMatchObject({ version: 2, durationMs: 37 * MINUTE, programme });
});

test('of two editors at once the slower is told who was faster, and nothing of either is lost', async () => {
  const { path, recordingId, resource } = await lesson();
  const mine = startAt(resource.programme, recordingId, MINUTE);
  const theirs = startAt(resource.programme, recordingId, 2 * MINUTE);
  const answers = await Promise.all([
    refused(path, { seen: 1, programme: mine }),
    refused(path, { seen: 1, programme: theirs }, operator),
  ]);
  expect(answers.toSorted()).toEqual([null, 'OVERTAKEN'].toSorted());
  const [newest] = await versions(path, answers[0] === null ? operator : teacher);
  expect(newest).toMatchObject({
    version: 2,
    what: 'edited',
    byMe: false,
    byName: answers[0] === null ? '陈静' : '赵强',
    clips: 1,
  });
  // Knowing it, one may put one's own above; the other's stays in the history.
  await save(path, { seen: 2, programme: mine }, teacher);
  const all = await versions(path);
  expect(all[0]).toMatchObject({ version: 3, durationMs: durationOf(mine) });
});

test('one goes back to any version that was kept; a minute of one editor is one version', async () => {
  const { path, recordingId, resource } = await lesson();
  const times = [1, 2, 3, 4].map((minute) => minute * MINUTE);
  let seen = 1;
  for (const ms of times) {
    const programme = startAt(resource.programme, recordingId, ms);
    ({ version: seen } = await save(path, { seen, programme }));
  }
  const kept = await versions(path);
  expect(kept[0]).toMatchObject({ version: 5, byMe: true });
  expect(kept.at(-1)).toMatchObject({ version: 1, what: 'made' });
  // Two at most: the saves may stand on both sides of a full minute.
  expect(kept.length).toBeLessThanOrEqual(3);
  const restored = await teacher.get(Restored, 'POST', `${path}/versions`, { seen, version: 1 });
  expect(restored).toMatchObject({ version: 6, programme: resource.programme });
  expect((await versions(path))[0]).toMatchObject({ version: 6, what: 'restored' });
  expect(await teacher.code('POST', `${path}/versions`, { seen: 6, version: 99 })).toBe('NOT_FOUND');
  expect(await teacher.code('POST', `${path}/versions`, { seen: 1, version: 1 })).toBe('OVERTAKEN');
});

test('micro-videos are drafts of the author, all of them or none', async () => {
  const { path, recordingId, feeds, resource } = await lesson();
  const programme = hide(splitAt(resource.programme, recordingId, 20 * MINUTE), feeds.pupils.trackId);
  await save(path, { seen: 1, programme });
  const [first, second] = programme.clips.map((clip) => [clip]);
  const parts = [
    { title: '导入', clips: first! },
    { title: '练习', clips: second! },
  ];
  expect(await teacher.code('POST', `${path}/split`, { seen: 1, parts })).toBe('OVERTAKEN');
  // The operator makes them for the teacher.
  const { made } = await operator.get(SplitDone, 'POST', `${path}/split`, { seen: 2, parts });
  expect(made.map(({ title }) => title)).toEqual(['导入', '练习']);
  const { resource: micro } = await teacher.get(
    EditDesk,
    'GET',
    `/api/resources/${made[1]!.resourceId}/edit`,
  );
  expect(micro).toMatchObject({
    kind: 'microVideo',
    state: 'draft',
    authorName: '陈静',
    durationMs: 25 * MINUTE,
    programme: { clips: second, hiddenTrackIds: [feeds.pupils.trackId], shots: null },
  });
  const count = async () =>
    Number(
      (await app.db
        .selectFrom('resource')
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirst())!.n,
    );
  const before = await count();
  const bad = [...parts, { title: '坏', clips: [{ ...first![0]!, toMs: 99 * MINUTE }] }];
  expect(await teacher.code('POST', `${path}/split`, { seen: 2, parts: bad })).toBe('BAD_REQUEST');
  expect(await teacher.code('POST', `${path}/split`, { seen: 2, parts: [] })).toBe('BAD_REQUEST');
  expect(await count()).toBe(before);
});

test('recordings that one may edit are joined, others do not exist', async () => {
  const mine = await lesson('Unit 6 In a nature park');
  const next = await lesson('Unit 7 复习');
  const foreign = await lesson('Unit 8 别人的课');
  const other = await giveTo(foreign.resourceId, '周明');
  const titles = async (who: TestPerson, search: string) =>
    (
      await who.get(
        z.array(Joinable),
        'GET',
        `${mine.path}/edit/sources?search=${encodeURIComponent(search)}`,
      )
    ).map(({ title }) => title);
  expect(await titles(teacher, 'unit 7')).toEqual(['Unit 7 复习']);
  expect(await titles(teacher, '别人')).toEqual([]);
  expect(await titles(operator, '别人')).toEqual(['Unit 8 别人的课']);
  expect(await titles(operator, '%')).toEqual([]);
  const source = await teacher.get(EditSource, 'GET', `${mine.path}/edit/sources/${next.recordingId}`);
  expect(source).toMatchObject({ title: 'Unit 7 复习', teacherName: '陈静' });
  const joined = join(mine.resource.programme, 1, next.resource.programme.clips);
  expect(await save(mine.path, { seen: 1, programme: joined })).toMatchObject({ durationMs: 90 * MINUTE });

  const stolen = join(joined, 2, foreign.resource.programme.clips);
  expect(await refused(mine.path, { seen: 2, programme: stolen })).toBe('NOT_FOUND');
  const parts = [{ title: '偷', clips: foreign.resource.programme.clips }];
  expect(await teacher.code('POST', `${mine.path}/split`, { seen: 2, parts })).toBe('NOT_FOUND');
  expect(await teacher.code('GET', `${mine.path}/edit/sources/${foreign.recordingId}`)).toBe('NOT_FOUND');
  expect(await teacher.code('GET', `${mine.path}/edit/timelines/${foreign.recordingId}`)).toBe('NOT_FOUND');
  // The operator may; what is joined then stays when the author edits on.
  await save(mine.path, { seen: 2, programme: stolen }, operator);
  const trimmed = startAt(stolen, mine.recordingId, MINUTE);
  await save(mine.path, { seen: 3, programme: trimmed });
  await teacher.get(EditSource, 'GET', `${mine.path}/edit/sources/${foreign.recordingId}`);
  expect(other.name).toBe('周明');
});

test('what is submitted or published is not edited, also not by who began before; micro-videos are still made', async () => {
  const { path, recordingId, resourceId, resource } = await lesson();
  const programme = startAt(resource.programme, recordingId, MINUTE);
  const by = { byAccountId: teacher.accountId, what: 'submitted' };
  const results = await Promise.allSettled([
    app.parts.resources.change(resourceId, 1, { state: 'submitted' }, by),
    save(path, { seen: 1, programme }),
  ]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const row = (await app.parts.resources.find(resourceId))!;
  expect([row.state, row.version]).toEqual(
    results[0]!.status === 'fulfilled' ? ['submitted', 2] : ['draft', 2],
  );
  await app.parts.resources.change(resourceId, 2, { state: 'published' }, by);
  for (const seen of [2, 3]) expect(await refused(path, { seen, programme })).toBe('WRONG_STATE');
  expect(await teacher.code('POST', `${path}/versions`, { seen: 3, version: 1 })).toBe('WRONG_STATE');
  const parts = [{ title: '精彩一刻', clips: [{ ...resource.programme.clips[0]!, toMs: MINUTE }] }];
  expect(await teacher.code('POST', `${path}/split`, { seen: 3, parts })).toBeNull();
});

test('hostile programmes are refused with a reason, and nothing changes', async () => {
  const { path, recordingId, lessonId, feeds, resource } = await lesson();
  const clip = resource.programme.clips[0]!;
  const face = feeds.face.trackId;
  const shot: Shot = { recordingId, atMs: 0, layout: 'single', board: false, feedIds: [face] };
  const clips = (...made: object[]) => ({ ...resource.programme, clips: made });
  const shots = (...made: object[]) => ({ ...resource.programme, shots: made });
  const hostile: Record<string, object> = {
    none: clips(),
    tenThousand: clips(
      ...Array.from({ length: 10_000 }, (_, at) => ({ ...clip, fromMs: at * 500, toMs: at * 500 + 500 })),
    ),
    notANumber: clips({ ...clip, fromMs: Number.NaN }),
    endless: clips({ ...clip, toMs: Number.POSITIVE_INFINITY }),
    negative: clips({ ...clip, fromMs: -1 }),
    backwards: clips({ ...clip, fromMs: 5_000, toMs: 1_000 }),
    crumb: clips({ ...clip, toMs: 100 }),
    overlapping: clips({ ...clip, toMs: 2_000 }, { ...clip, fromMs: 1_000 }),
    twice: clips(clip, clip),
    beyondTheEnd: clips({ ...clip, toMs: clip.toMs + 1_000 }),
    otherLesson: clips({ ...clip, lessonId: newId() }),
    pathForAnId: clips({ ...clip, recordingId: '../../etc/passwd' }),
    longTitle: clips({ ...clip, title: '课'.repeat(10_000) }),
    foreignFeed: shots({ ...shot, feedIds: [newId()] }),
    voiceAsPicture: shots({ ...shot, feedIds: [feeds.voice.trackId] }),
    noPicture: shots({ ...shot, feedIds: [] }),
    seven: shots({ ...shot, layout: 'grid', feedIds: Array.from({ length: 7 }, newId) }),
    sameTwice: shots({ ...shot, layout: 'side', feedIds: [face, face] }),
    ofNoClip: shots({ ...shot, recordingId: newId() }),
    unordered: shots({ ...shot, atMs: 2_000 }, { ...shot, atMs: 1_000 }),
    hidesNothing: { ...resource.programme, hiddenTrackIds: [newId()] },
    noProgramme: {},
  };
  for (const [name, programme] of Object.entries(hostile))
    expect([name, await refused(path, { seen: 1, programme })]).toEqual([name, 'BAD_REQUEST']);
  const unknown = clips({ ...clip, recordingId: newId(), lessonId });
  expect(await refused(path, { seen: 1, programme: unknown })).toBe('NOT_FOUND');
  for (const seen of [0, -1, 1.5, '1', null])
    expect(await refused(path, { seen, programme: resource.programme })).toBe('BAD_REQUEST');
  const huge = { seen: 1, programme: resource.programme, more: 'x'.repeat(3_000_000) };
  expect(await refused(path, huge)).toBe('TOO_LARGE');
  expect(await refused(path, huge, app.anonymous())).toBe('NOT_SIGNED_IN');
  expect((await teacher.get(EditDesk, 'GET', `${path}/edit`)).resource).toMatchObject({
    version: 1,
    programme: resource.programme,
  });
});

test('the longest cut that is allowed is taken', async () => {
  const { path, recordingId, feeds, resource } = await lesson();
  const [face, pupils] = [feeds.face.trackId, feeds.pupils.trackId];
  const programme: Programme = {
    ...resource.programme,
    shots: Array.from({ length: 5_000 }, (_, at) => ({
      recordingId,
      atMs: at * 500,
      layout: 'single',
      board: false,
      feedIds: [at % 2 ? face : pupils],
    })),
  };
  expect(await save(path, { seen: 1, programme })).toMatchObject({ version: 2 });
});

test('a file has nothing to edit', async () => {
  const { resourceId, path } = await lesson();
  await app.db
    .updateTable('resource')
    .set({ kind: 'film', programme: null })
    .where('id', '=', resourceId)
    .execute();
  expect(await teacher.code('GET', `${path}/edit`)).toBe('NOT_FOUND');
});
