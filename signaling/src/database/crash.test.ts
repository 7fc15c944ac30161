import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { freePort } from '#platform/testing/free-port.ts';
import type { TestPostgres } from '#platform/testing/postgres.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { MIGRATED, startMigratedPostgres } from '../../testing/migrated-template.ts';
import { planDemoLesson, seedWorld } from '../demo/seed.ts';
import { readSeedFile } from '../demo/seed-file.ts';
import { Timeline } from '../timeline/timeline.ts';
import { TimelineStore } from '../timeline/timeline-store.ts';
import { openDatabase } from './database.ts';

/* `kill -9` of PostgreSQL, with all its processes, while it is written to. Its disk is the real one, with fsync. */

let server: TestPostgres;
beforeAll(async () => {
  server = await startMigratedPostgres({ durable: true });
});
afterAll(() => server.close());

test('of a running lesson nothing that was acknowledged is lost, nothing is kept twice, and it goes on', async () => {
  const { db, close } = await openDatabase({ url: await server.create(MIGRATED), connections: 4 });
  const seed = readSeedFile();
  await seedWorld(db, seed);
  const lessonId = await planDemoLesson(db, seed);
  const store = new TimelineStore(db);
  const told: TimelineEvent[] = [];
  const timeline = await Timeline.load(lessonId, store, (events) => told.push(...events));
  let acknowledged = 0;
  let writing = true;
  const writer = (async () => {
    while (writing) {
      await timeline.append(() => [{ type: 'lesson.opened', byAccountId: newId() }]);
      acknowledged += 1;
    }
  })();
  for (const round of [1, 2, 3]) {
    while (acknowledged < round * 25) await sleep(5);
    await server.kill();
    await server.start();
  }
  const before = acknowledged;
  while (acknowledged < before + 10) await sleep(5);
  writing = false;
  await writer;
  const stored = await store.read(lessonId);
  expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: acknowledged }, (_, index) => index + 1));
  expect(told).toEqual(stored);
  expect(timeline.after(0)).toEqual(stored);
  await close();
}, 60_000);

test('signaling says that the database is away, and serves again by itself when it is back', async () => {
  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'crash-'));
  const signaling = spawn(process.execPath, [fileURLToPath(new URL('../../main.ts', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      ...{ TC_DATA_DIR: dataDir, TC_DATABASE_URL: await server.create(MIGRATED), TC_NODES_SECRET: 'x' },
      ...{ TC_HTTP_PORT: String(port), TC_HTTPS_ENABLED: 'false', TC_LOG_LEVEL: 'fatal' },
    },
  });
  const ask = async () => {
    const headers = { cookie: `tc_session=${'x'.repeat(43)}` };
    const response = await fetch(`http://127.0.0.1:${port}/api/session`, { headers }).catch(() => null);
    return response?.status ?? 0;
  };
  const until = async (status: number) => {
    while ((await ask()) !== status) {
      if (signaling.exitCode !== null) throw new Error(`signaling ended with ${signaling.exitCode}`);
      await sleep(50);
    }
  };
  await until(200);
  await server.kill();
  await until(503);
  await server.start();
  await until(200);
  expect(signaling.exitCode).toBeNull();
  signaling.kill('SIGTERM');
  await new Promise((resolve) => signaling.once('exit', resolve));
  rmSync(dataDir, { recursive: true });
}, 60_000);
