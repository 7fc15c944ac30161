import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FolderBlobStore } from '#platform/blob-store/folder-blob-store.ts';
import { newId } from '#platform/ids.ts';
import { type OpenDatabase, openDatabase } from '../../signaling/src/database/database.ts';
import { planDemoLesson, seedWorld } from '../../signaling/src/demo/seed.ts';
import { readSeedFile } from '../../signaling/src/demo/seed-file.ts';
import { RecordingRepository } from '../../signaling/src/room/recording-repository.ts';
import { type MadeRecording, makeRecording } from '../../signaling/testing/made-recording.ts';
import { copyMigratedTemplate } from '../../signaling/testing/migrated-template.ts';
import { findOrphans } from './orphans.ts';
import { scrub } from './scrub.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'blobs-'));
const blobs = new FolderBlobStore(join(dataDir, 'blobs'));
const second = new FolderBlobStore(join(dataDir, 'second'));
const seed = readSeedFile();
let database: OpenDatabase;
let made: MadeRecording;
let lessonId: string;
let files: string[];

beforeAll(async () => {
  await copyMigratedTemplate(join(dataDir, 'database'));
  database = await openDatabase(join(dataDir, 'database'));
  await seedWorld(database.db, seed);
  lessonId = await planDemoLesson(database.db, seed);
  made = await makeRecording(blobs, {
    ...{ lessonId, seconds: 4, fps: 5 },
    feeds: [{ role: 'teacher', size: [160, 90], lateMs: 1_000 }, { role: 'mic' }],
  });
  files = (await blobs.list('recordings')).filter((key) => key.endsWith('.m4s'));
});
afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true });
});

const look = (repair: boolean) => scrub({ blobs, second, db: database.db, repair });

test('what is whole is left alone, and the second copy is filled up', async () => {
  expect(await scrub({ blobs, second: null, db: null, repair: true })).toMatchObject({
    ...{ damaged: [], copied: 0, rows: false },
  });
  const report = await look(true);
  expect(report).toMatchObject({ damaged: [], rows: true });
  expect(report.copied).toBe(report.blobs + 1);
  expect(await look(true)).toMatchObject({ damaged: [], copied: 0 });
});

test('a lost, a changed and a torn file are found, and repaired from the second copy', async () => {
  const [lost, changed] = [files[0]!, files[1]!];
  const index = `recordings/${made.recordingId}/index.ndjson`;
  await blobs.delete(lost);
  await appendFile(blobs.pathOf(changed), 'x');
  await truncate(blobs.pathOf(index), (await blobs.info(index)).bytes - 10);
  const wrong = (repaired: boolean) =>
    expect.arrayContaining([
      { key: lost, problem: 'missing', repaired },
      { key: changed, problem: 'changed', repaired },
      { key: index, problem: 'torn', repaired },
    ]);
  expect((await look(false)).damaged).toEqual(wrong(false));
  expect((await look(true)).damaged).toEqual(wrong(true));
  expect((await look(true)).damaged).toEqual([]);
});

test('what the second copy has not right either stays damaged', async () => {
  await blobs.delete(files[2]!);
  await writeFile(second.pathOf(files[2]!), 'x');
  expect((await look(true)).damaged).toEqual([{ key: files[2], problem: 'missing', repaired: false }]);
  made = await makeRecording(blobs, {
    ...{ recordingId: made.recordingId, lessonId, seconds: 4, fps: 5 },
    feeds: made.tracks.map((track) => ({ ...track, size: [160, 90] as [number, number], lateMs: 1_000 })),
  });
});

test('a recording that only the store knows is adopted by its lesson, with its tracks and spans', async () => {
  const dry = await findOrphans(blobs, database.db, false);
  expect(dry.adopted).toEqual([made.recordingId]);
  const recordings = new RecordingRepository(database.db);
  expect(await recordings.find(made.recordingId)).toBeNull();
  await findOrphans(blobs, database.db, true);
  expect(await recordings.find(made.recordingId)).toMatchObject({
    ...{ lessonId, durationMs: 4_000, finalized: true },
  });
  const tracks = await recordings.tracks(made.recordingId);
  expect(tracks.find(({ kind }) => kind === 'video')?.spans).toEqual([{ fromMs: 1_000, toMs: 4_000 }]);
  const { title } = (await database.db.selectFrom('resource').select('title').executeTakeFirst())!;
  expect(title).not.toBe('');
  expect((await findOrphans(blobs, database.db, true)).adopted).toEqual([]);
});

test('what has no home, no owner, no segments or no file is reported', async () => {
  const { recordingId: stranger } = await makeRecording(blobs, { seconds: 2, feeds: [{ role: 'mic' }] });
  const { recordingId: twin } = await makeRecording(blobs, {
    lessonId,
    seconds: 2,
    feeds: [{ role: 'mic' }],
  });
  const leftOver = `exports/${newId()}/x.mp4`;
  const recorded = await database.db.selectFrom('recording').select('id').executeTakeFirstOrThrow();
  const leftSegment = `recordings/${recorded.id}/t/000000-x.m4s`;
  const mixed = `recordings/${recorded.id}/mix/a/000000-x.m4s`;
  for (const key of [leftOver, leftSegment, mixed]) await blobs.put(key, 'x');
  const other = await planDemoLesson(database.db, seed);
  const emptyId = newId();
  await new RecordingRepository(database.db).createOnce(emptyId, other, Date.now());
  const { id: resourceId } = (await database.db.selectFrom('resource').select('id').executeTakeFirst())!;
  const gone = {
    role: 'source' as const,
    blob_key: `resources/${resourceId}/gone.pdf`,
    sha256: 'x',
    bytes: 1,
  };
  await database.db
    .insertInto('resource_file')
    .values({ resource_id: resourceId, mime: 'application/pdf', ...gone })
    .execute();
  const report = await findOrphans(blobs, database.db, true);
  expect(report.homeless).toEqual(
    expect.arrayContaining([
      { recordingId: stranger, why: 'noLesson' },
      { recordingId: twin, why: 'lessonHasAnother' },
    ]),
  );
  expect(report.unknownBlobs).toEqual(expect.arrayContaining([leftOver, leftSegment]));
  expect(report.unknownBlobs).not.toContain(mixed);
  expect(report.emptyRecordings).toEqual([emptyId]);
  expect(report.missingBlobs).toEqual([gone.blob_key]);
});

test('the command: JSON, and exit codes that a timer can read', async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const env = { ...process.env, TC_DATA_DIR: dataDir, TC_BLOBS_SECOND_FOLDER: second.root };
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [main, ...args], { env }).then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
  // This process has the embedded database.
  const report = await run('scrub', '--json');
  expect(JSON.parse(report.stdout)).toMatchObject({ rows: false });
  expect(await run('orphans')).toMatchObject({ code: 2, stderr: expect.stringContaining('is in use') });
  expect(await run('polish')).toMatchObject({ code: 2, stderr: expect.stringContaining('usage') });
});
