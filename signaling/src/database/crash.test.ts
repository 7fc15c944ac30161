import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import { createLogger } from '#platform/logger.ts';
import { freePort } from '#platform/testing/free-port.ts';
import type { TestPostgres } from '#platform/testing/postgres.ts';
import type { AuditAction } from '#protocol/audit.ts';
import { NewPerson } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { MIGRATED, startMigratedPostgres } from '../../testing/migrated-template.ts';
import { AccountRepository } from '../account/account-repository.ts';
import { Audit } from '../audit/audit.ts';
import { verifyChain } from '../audit/verify.ts';
import { planDemoLesson, seedWorld } from '../demo/seed.ts';
import { readSeedFile } from '../demo/seed-file.ts';
import { People } from '../directory/people.ts';
import { OfficeAccess } from '../office/office-access.ts';
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

test('no change and no grant that was acknowledged is without its lines in the audit, and the chain holds', async () => {
  const { db, close } = await openDatabase({ url: await server.create(MIGRATED), connections: 4 });
  const bureau = newId();
  const administrator = { accountId: newId(), kind: 'person' as const, name: '王芳' };
  await db
    .insertInto('organization')
    .values({ id: bureau, name: '东山县教育局', parent_id: null, kind: 'bureau' })
    .execute();
  await db
    .insertInto('account')
    .values({ id: administrator.accountId, organization_id: bureau, kind: 'person', name: '王芳' })
    .execute();
  const audit = new Audit(db);
  const office = new OfficeAccess(db, audit);
  const config = Config.parse({});
  const logger = createLogger('crash', 'silent');
  const accounts = new AccountRepository(db, 1);
  const people = new People({ db, config, accounts, office, audit, logger });
  const account: Account = {
    ...administrator,
    ...{ role: 'administrator', organizationId: bureau, organizationName: '东山县教育局' },
  };
  const actor = { account, address: '' };
  const created: string[] = [];
  const exported: string[] = [];
  let writing = true;
  const writers = [1, 2, 3].map(async () => {
    while (writing)
      try {
        const roles = [{ role: 'teacher' as const, organizationId: bureau }];
        const person = NewPerson.parse({ name: '陈静', organizationId: bureau, roles });
        created.push(await people.create(actor, account, person));
        const id = newId();
        const object = { kind: 'table', id };
        await audit.write(actor, { action: 'table.exported', organizationId: bureau, object });
        exported.push(id);
      } catch {
        // Was not acknowledged: it is true with its lines, or not at all.
        await sleep(20);
      }
  });
  for (const round of [1, 2]) {
    while (created.length < round * 12) await sleep(5);
    await server.kill();
    await server.start();
  }
  const before = created.length;
  while (created.length < before + 5) await sleep(5);
  writing = false;
  await Promise.all(writers);
  await audit.close();
  const linesOf = async (action: AuditAction) => {
    const entries = db.selectFrom('audit_entry').select('object_id').where('action', '=', action);
    const rows = await entries.where('result', '=', 'ok').execute();
    return rows.map(({ object_id }) => object_id!).sort();
  };
  const kept = await db
    .selectFrom('account')
    .innerJoin('account_role', 'account_role.account_id', 'account.id')
    .select('account.id')
    .where('account.name', '=', '陈静')
    .execute();
  const ids = kept.map(({ id }) => id).sort();
  expect(ids).toEqual(expect.arrayContaining(created));
  expect(await linesOf('person.changed')).toEqual(ids);
  expect(await linesOf('grant.given')).toEqual(ids);
  expect(await linesOf('table.exported')).toEqual(expect.arrayContaining(exported));
  expect(await verifyChain(db, audit.newest ? [audit.newest] : [])).toMatchObject({ whole: true });
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
