import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { createLogger } from '#platform/logger.ts';
import type { TestPostgres } from '#platform/testing/postgres.ts';
import { CHECK_NAMESPACE, CheckRequest } from '#protocol/check-socket.ts';
import { LESSON_NAMESPACE, LessonRequest } from '#protocol/lesson-socket.ts';
import { MIGRATED, startMigratedPostgres } from '../../testing/migrated-template.ts';
import { TestPerson } from '../../testing/person.ts';
import { makeWorld, type World } from '../../testing/rights/places.ts';
import { routesOf } from '../../testing/rights/routes.ts';
import { type AboutLesson, typesWithLesson, walkSockets } from '../../testing/rights/socket-walk.ts';
import { RIGHTS } from '../../testing/rights/table.ts';
import { type Findings, walk } from '../../testing/rights/walk.ts';
import { AccountRepository } from '../account/account-repository.ts';
import { type OpenDatabase, openDatabase } from '../database/database.ts';
import { type Signaling, startSignaling } from '../signaling.ts';

/* The whole of signaling as it is started, on a real PostgreSQL, without media nodes. */

let server: TestPostgres;
let database: OpenDatabase;
let signaling: Signaling;
let world: World;
let people: TestPerson[];
const dataDir = mkdtempSync(join(tmpdir(), 'rights-'));

beforeAll(async () => {
  server = await startMigratedPostgres();
  const url = await server.create(MIGRATED);
  database = await openDatabase({ url, connections: 3 });
  world = await makeWorld(database.db);
  const config = Config.parse({
    ...{ dataDir, database: { url }, http: { port: 0 }, https: { enabled: false } },
    ...{ nodes: { secret: 'x' }, logLevel: 'fatal' },
  });
  const logger = createLogger('rights', process.env.TC_LOG_LEVEL ?? 'silent');
  signaling = await startSignaling({ config, logger, playDemo: null });
  const accounts = new AccountRepository(database.db, 1);
  const origin = `http://127.0.0.1:${signaling.httpPort}`;
  people = await Promise.all(
    world.walkers.map(async ({ account }) => {
      const { token } = await accounts.sessions.open(account.accountId, { way: 'demo', strong: true });
      return new TestPerson(origin, account, `tc_session=${token}`);
    }),
  );
}, 60_000);

afterAll(async () => {
  await signaling?.close();
  await database?.close();
  await server?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('every route has its line in the table of rights, and no line is left of one that is gone', () => {
  const { large = [], api, media } = signaling.routers;
  const routes = new Set([...routesOf('/api', [...large, ...api]), ...routesOf('/media', media)]);
  const missing = [...routes].filter((route) => !RIGHTS[route]);
  const gone = Object.keys(RIGHTS).filter((route) => !routes.has(route));
  expect({
    'add a line for each to signaling/testing/rights/office-table.ts (or table.ts)': missing,
    'take out of it': gone,
  }).toEqual({
    'add a line for each to signaling/testing/rights/office-table.ts (or table.ts)': [],
    'take out of it': [],
  });
});

test('every route is what the permission table says: for every role, at home, beside it and far away', async () => {
  const findings: Findings = await walk(world, people, signaling.httpPort, RIGHTS);
  expect(findings.wrong).toEqual([]);
  expect(findings.asked).toBeGreaterThan(1_000);
}, 180_000);

/** What a socket is asked about a lesson, by the protocol's unions; within a room `e2e/permissions.test.ts` walks. */
const ABOUT_LESSONS: Record<string, AboutLesson> = {
  join: {
    namespace: LESSON_NAMESPACE,
    action: 'room.join',
    request: (lessonId) => ({ type: 'join', lessonId, afterSeq: 0, resumeKey: null, receives: false }),
  },
  'probe.open': {
    namespace: CHECK_NAMESPACE,
    action: 'lesson.check',
    request: (lessonId) => ({ type: 'probe.open', lessonId }),
  },
  'check.report': {
    namespace: CHECK_NAMESPACE,
    action: 'lesson.check',
    request: (lessonId) => ({
      type: 'check.report',
      lessonId,
      items: [{ item: 'camera', light: 'green', code: 'OK' }],
    }),
  },
};

test('so is every event that names a lesson, on every socket', async () => {
  const types = [...typesWithLesson(LessonRequest), ...typesWithLesson(CheckRequest)];
  expect(types.sort()).toEqual(Object.keys(ABOUT_LESSONS).sort());
  expect(await walkSockets(world, people, Object.values(ABOUT_LESSONS))).toEqual([]);
}, 60_000);
