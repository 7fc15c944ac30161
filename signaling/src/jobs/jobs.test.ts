import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { FolderBlobStore } from '#platform/blob-store/folder-blob-store.ts';
import { newId } from '#platform/ids.ts';
import { createLogger } from '#platform/logger.ts';
import type { JobState } from '#protocol/export.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { type MadeRecording, makeRecording } from '../../testing/made-recording.ts';
import { copyMigratedTemplate, MIGRATED, startMigratedPostgres } from '../../testing/migrated-template.ts';
import { type Db, type OpenDatabase, openDatabase } from '../database/database.ts';
import type { ExportTask } from '../exports/plan.ts';
import { JobRepository, type JobRow } from './job-repository.ts';
import { Jobs } from './jobs.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'jobs-'));
const blobs = new FolderBlobStore(join(dataDir, 'blobs'));
const logger = createLogger('test', 'silent');
let made: MadeRecording;
let standing = false;

beforeAll(async () => {
  made = await makeRecording(blobs, { seconds: 2, fps: 5, feeds: [{ role: 'teacher', size: [160, 90] }] });
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const part = () => ({ recordingId: made.recordingId, fromMs: 0, toMs: made.durationMs });
const task = (job: JobRow): ExportTask => ({
  blobKey: `exports/${job.jobId}/${job.queueId}.mp4`,
  keepFreeBytes: 0,
  pieces: [{ ...part(), layout: 'single', trackIds: [made.tracks[0]!.trackId] }],
  sounds: [{ ...part(), trackIds: [] }],
});

async function start({ db, queue }: OpenDatabase, folder = dataDir): Promise<Jobs> {
  return await Jobs.create({
    ...{ db, queue, dataDir: folder, logger, ffmpeg: process.env.FFMPEG_BIN ?? 'ffmpeg', lookMs: 30 },
    blobs: { kind: 'folder', folder: blobs.root },
    kinds: { export: { prepare: async (job) => task(job) } },
    live: async () => standing,
    courtesy: { look: async () => standing },
    pollSeconds: 1,
    nice: 0,
  });
}

async function seed(db: Db): Promise<{ organizationId: string; requestedBy: string }> {
  const [organizationId, requestedBy] = [newId(), newId()];
  await db
    .insertInto('organization')
    .values({ id: organizationId, parent_id: null, kind: 'school', name: 'x' })
    .execute();
  await db
    .insertInto('account')
    .values({ id: requestedBy, organization_id: organizationId, kind: 'person', name: 'x' })
    .execute();
  return { organizationId, requestedBy };
}

async function reached(jobs: Jobs, jobId: string, state: JobState): Promise<JobRow> {
  for (;;) {
    const job = await jobs.repository.find(jobId);
    if (job?.state === state) return job;
    if (job?.state === 'failed') throw new Error(`failed with ${job.error}`);
    await sleep(20);
  }
}

onBothDatabases('Jobs', (open) => {
  let opened: OpenDatabase;
  let jobs: Jobs;
  let who: { organizationId: string; requestedBy: string };
  beforeAll(async () => {
    opened = await open();
    who = await seed(opened.db);
    jobs = await start(opened);
  });
  afterEach(() => {
    standing = false;
  });
  afterAll(() => jobs.close());
  const ask = (key = newId()) =>
    jobs.request({ kind: 'export', key, ...who, resourceId: null, lessonId: null, request: {} });

  test('the same request twice at once is one job, and the same again when it is done', async () => {
    const key = newId();
    const [one, two] = await Promise.all([ask(key), ask(key)]);
    expect(two.jobId).toBe(one.jobId);
    const done = await reached(jobs, one.jobId, 'done');
    expect(done.progress).toBe(1);
    expect((await blobs.info(done.result!.key)).bytes).toBe(done.result!.bytes);
    expect(await ask(key)).toMatchObject({ jobId: one.jobId, state: 'done', attempts: 1 });
  });

  test('one after the other; cancelled in the middle its process and what it made are gone; then tried again', async () => {
    standing = true;
    const first = await ask();
    await reached(jobs, first.jobId, 'running');
    const second = await ask();
    expect(await jobs.cancel(second.jobId)).toMatchObject({ state: 'cancelled' });
    expect(await jobs.cancel(first.jobId)).toMatchObject({ state: 'cancelled', waiting: false });
    while (readdirSync(join(dataDir, 'work')).length > 0) await sleep(20);
    expect(await blobs.list(`exports/${first.jobId}`)).toEqual([]);
    standing = false;
    // The queue may take it up before the answer is read.
    expect(await jobs.retry(second.jobId)).toMatchObject({
      state: expect.stringMatching(/^(queued|running)$/),
      error: null,
    });
    await reached(jobs, second.jobId, 'done');
    expect(await jobs.repository.find(first.jobId)).toMatchObject({ state: 'cancelled' });
  });

  test('a process that is killed in the middle is followed by another', async () => {
    standing = true;
    const { jobId } = await ask();
    await reached(jobs, jobId, 'running');
    while (jobs.workerPid === undefined) await sleep(10);
    process.kill(jobs.workerPid, 'SIGKILL');
    standing = false;
    expect((await reached(jobs, jobId, 'done')).attempts).toBe(2);
  });

  test('an orderly stop gives the job to the next process, and is no attempt', async () => {
    standing = true;
    const { jobId } = await ask();
    await reached(jobs, jobId, 'running');
    await jobs.close();
    standing = false;
    jobs = await start(opened);
    expect((await reached(jobs, jobId, 'done')).attempts).toBe(1);
  });
});

const standingJobs = fileURLToPath(new URL('../../testing/standing-jobs.ts', import.meta.url));

/** Asks for a job in a process of its own, and kills that with `kill -9` while the job runs. */
async function killInTheMiddle(place: { folder: string; url: string | null }, who: object): Promise<string> {
  const child = spawn(process.execPath, [standingJobs, JSON.stringify(place), JSON.stringify(who)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [jobId] = (await once(child, 'message')) as [string];
  child.kill('SIGKILL');
  await once(child, 'exit');
  return jobId;
}

test('kill -9 of the only process, on PGlite: the next one runs the job again', async () => {
  const folder = join(dataDir, 'killed');
  await copyMigratedTemplate(join(folder, 'database'));
  const before = await openDatabase(join(folder, 'database'));
  const who = await seed(before.db);
  await before.close();
  const jobId = await killInTheMiddle({ folder, url: null }, who);
  const database = await openDatabase(join(folder, 'database'));
  expect(await new JobRepository(database.db).find(jobId)).toMatchObject({ state: 'running', attempts: 1 });
  const jobs = await start(database, folder);
  expect((await reached(jobs, jobId, 'done')).attempts).toBe(2);
  await jobs.close();
  await database.close();
});

test('kill -9 of one process of several, on a server: when its heartbeat has stopped another runs the job', async () => {
  const server = await startMigratedPostgres();
  const url = await server.create(MIGRATED);
  const database = await openDatabase({ url, connections: 4 });
  const who = await seed(database.db);
  const jobId = await killInTheMiddle({ folder: join(dataDir, 'other'), url }, who);
  const jobs = await start(database, join(dataDir, 'own'));
  expect(await jobs.repository.find(jobId)).toMatchObject({ state: 'running', attempts: 1 });
  // Half a minute later, in no time.
  await sql`update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'`.execute(
    database.db,
  );
  expect((await reached(jobs, jobId, 'done')).attempts).toBe(2);
  await jobs.close();
  await database.close();
  await server.close();
});
