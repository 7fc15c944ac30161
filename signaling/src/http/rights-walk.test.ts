import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { createLogger } from '#platform/logger.ts';
import type { TestPostgres } from '#platform/testing/postgres.ts';
import type { Account } from '#protocol/domain.ts';
import { MIGRATED, startMigratedPostgres } from '../../testing/migrated-template.ts';
import { TestPerson } from '../../testing/person.ts';
import { carryOut, DONE_ELSEWHERE, UNDONE } from '../../testing/rights/carry-out.ts';
import { makeWorld, type World } from '../../testing/rights/places.ts';
import { routesOf } from '../../testing/rights/routes.ts';
import { NAMESPACES, tryDoors, walkSockets } from '../../testing/rights/socket-walk.ts';
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
let signIn: (account: Account) => Promise<TestPerson>;
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
  signIn = async (account) => {
    const { token } = await accounts.sessions.open(account.accountId, { way: 'demo', strong: true });
    return new TestPerson(origin, account, `tc_session=${token}`);
  };
  people = await Promise.all(world.walkers.map(({ account }) => signIn(account)));
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
}, 300_000);

test('what is granted is done', async () => {
  const { actions, refused } = await carryOut(database.db, world, signIn, signaling.httpPort, RIGHTS);
  const written = Object.entries(RIGHTS).filter(([route]) => !/^(GET|HEAD) /.test(route));
  const missing = new Set(
    written.flatMap(([, { action }]) => (action && !actions.has(action) ? [action] : [])),
  );
  expect({ refused, missing: [...missing].sort() }).toEqual({ refused: UNDONE, missing: DONE_ELSEWHERE });
}, 120_000);

test('every namespace is known, and every request of a socket is walked', () => {
  expect([...signaling.namespaces].sort()).toEqual(Object.keys(NAMESPACES).sort());
  for (const { said, walked } of Object.values(NAMESPACES))
    expect([...walked].sort()).toEqual([...said].sort());
});

test('every request of every socket is what the permission table says', async () => {
  expect(await walkSockets(world, people)).toEqual([]);
}, 120_000);

test('no socket opens to whoever is not wholly signed in, nor to another site', async () => {
  const administrator = people.find(({ account }) => account!.role === 'administrator')!;
  const accounts = new AccountRepository(database.db, 1);
  const { token } = await accounts.sessions.open(administrator.accountId, { way: 'password' });
  const halfIn = new TestPerson(administrator.origin, null, `tc_session=${token}`);
  expect(await tryDoors(administrator, halfIn)).toEqual([]);
});
