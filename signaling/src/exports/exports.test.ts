import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { Export, ExportList } from '#protocol/export.ts';
import { TestApp } from '../../testing/app.ts';
import { type MadeRecording, makeRecording } from '../../testing/made-recording.ts';
import { copyMigratedTemplate } from '../../testing/migrated-template.ts';
import type { TestPerson } from '../../testing/person.ts';
import { type OpenDatabase, openDatabase } from '../database/database.ts';
import { openExporting } from './exporting.ts';
import { readMp4 } from './read-mp4.ts';

let app: TestApp;
let database: OpenDatabase;
let teacher: TestPerson;
let made: MadeRecording;
let lessonId: string;
let resourceId: string;
const folder = mkdtempSync(join(tmpdir(), 'exports-'));

beforeAll(async () => {
  await copyMigratedTemplate(folder);
  database = await openDatabase(folder);
  app = await TestApp.open(
    async (parts) => {
      const exporting = await openExporting({
        ...parts,
        config: { dataDir: parts.dataDir, exports: { keepFreeMegabytes: 0 } },
        queue: database.queue,
        blobPlace: { kind: 'folder', folder: parts.blobs.root },
        addresses: parts.serving.addresses,
        jobs: { pollSeconds: 1, lookMs: 50, nice: 0, courtesy: { look: async () => false } },
      });
      return { api: [exporting.routes], close: exporting.close };
    },
    { open: async () => database },
  );
  teacher = await app.signIn('陈静');
  const lesson = await app.recordedLesson({ durationMs: 4_000 });
  ({ lessonId, resourceId } = lesson);
  made = await makeRecording(app.parts.blobs, {
    ...{ recordingId: lesson.recordingId, lessonId, seconds: 4, fps: 5 },
    feeds: [
      { role: 'teacher', size: [160, 90] },
      { role: 'pupils', size: [160, 90] },
    ],
  });
  const tracks = made.tracks.map((track) => ({
    ...track,
    playlist: `${track.trackId}/master.m3u8`,
    spans: [],
  }));
  await app.parts.recordings.finalize(made.recordingId, made.durationMs, tracks);
});
afterAll(async () => {
  await app.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

async function whole(person: TestPerson, exportId: string): Promise<Export> {
  for (;;) {
    const one = await person.get(Export, 'GET', `/api/exports/${exportId}`);
    if (one.state === 'done') return one;
    if (one.state === 'failed') throw new Error(`failed with ${one.error}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("a lesson's MP4 is asked for, listed, and downloaded by an address that dies", async () => {
  const path = `/api/lessons/${lessonId}/exports`;
  const asked = await teacher.get(Export, 'POST', path, { what: 'programme' });
  expect(asked).toMatchObject({ lessonId, resourceId: null, requestedByName: '陈静', download: null });
  const done = await whole(teacher, asked.exportId);
  expect(await teacher.get(ExportList, 'GET', path)).toMatchObject([{ exportId: asked.exportId }]);
  expect(done.fileName).toMatch(/\.mp4$/);
  const permitted = app.parts.serving.addresses.check(done.download!.split('/').slice(3));
  expect(permitted?.scope).toEqual(['exports', asked.exportId]);
  const key = ['exports', asked.exportId, ...permitted!.rest].join('/');
  expect((await readMp4(app.parts.blobs.pathOf(key)))?.map(({ kind }) => kind)).toEqual(['video']);
  await app.parts.blobs.delete(key);
  const again = await teacher.get(Export, 'POST', path, { what: 'programme' });
  expect(again.state).toMatch(/^(queued|running)$/);
  await whole(teacher, asked.exportId);
});

test('a feed that is hidden in a resource cannot be got out of it', async () => {
  const path = `/api/resources/${resourceId}/exports`;
  const what = { trackId: made.tracks[1]!.trackId };
  const asked = await teacher.get(Export, 'POST', path, { what });
  expect((await whole(teacher, asked.exportId)).bytes).toBeGreaterThan(1_000);
  const { programme, version } = (await app.parts.resources.find(resourceId))!;
  const hidden = { ...programme, hiddenTrackIds: [what.trackId] };
  const by = { byAccountId: teacher.accountId, what: 'edited' };
  await app.parts.resources.change(resourceId, version, { programme: JSON.stringify(hidden) }, by);
  expect(await teacher.code('POST', path, { what })).toBe('NOT_FOUND');
});

test('who may not export is refused, and told nothing of what they may not see', async () => {
  const { exportId } = await teacher.get(Export, 'POST', `/api/lessons/${lessonId}/exports`, {
    what: 'programme',
  });
  const student = await app.signIn('刘小雨');
  const stranger = await app.signIn('周明');
  const body = { what: 'programme' };
  expect(await student.code('POST', `/api/lessons/${lessonId}/exports`, body)).toBe('FORBIDDEN');
  expect(await stranger.code('POST', `/api/lessons/${lessonId}/exports`, body)).toBe('NOT_FOUND');
  expect(await student.code('POST', `/api/resources/${resourceId}/exports`, body)).toBe('NOT_FOUND');
  for (const path of ['', '/cancel', '/retry']) {
    const method = path ? 'POST' : 'GET';
    expect(await stranger.code(method, `/api/exports/${exportId}${path}`)).toBe('NOT_FOUND');
    expect(await student.code(method, `/api/exports/${exportId}${path}`)).toBe('FORBIDDEN');
    expect(await app.anonymous().code(method, `/api/exports/${exportId}${path}`)).toBe('NOT_SIGNED_IN');
  }
  expect(await teacher.code('GET', `/api/exports/${newId()}`)).toBe('NOT_FOUND');
});

test.each([{ what: 'all' }, { what: { trackId: '../x' } }, {}])('%j is no request', async (body) => {
  expect(await teacher.code('POST', `/api/lessons/${lessonId}/exports`, body)).toBe('BAD_REQUEST');
});
