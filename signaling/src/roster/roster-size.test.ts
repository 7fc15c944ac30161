import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { ZipFile } from 'yazl';
import { newId } from '#platform/ids.ts';
import { TestApp } from '../../testing/app.ts';
import { copyMigratedTemplate } from '../../testing/migrated-template.ts';
import { planOf, RosterClerk } from '../../testing/roster.ts';
import { type Db, openDatabase } from '../database/database.ts';
import { applyPlan } from './apply.ts';
import { ImportStore } from './import-store.ts';
import { rosterRoutes } from './roster-routes.ts';
import { readUpload } from './upload.ts';

const HEAD = 'sourcedId,orgSourcedIds,role,givenName,familyName,identifier\n';
/** A city's pupils and their classes: `people` rows and as many that put them into classes. */
function city(people: number) {
  const rows = (row: (n: number) => string) => Array.from({ length: people }, (_, n) => row(n)).join('\n');
  return {
    'orgs.csv': 'sourcedId,name,type\nS,大学校,school\n',
    'users.csv': `${HEAD}${rows((n) => `u${n},S,student,小${n},王,N-${n}`)}\n`,
    'classes.csv': 'sourcedId,title,schoolSourcedId\nC,一年级(1)班,S\n',
    'enrollments.csv': `classSourcedId,userSourcedId,role\n${rows((n) => `C,u${n},student`)}\n`,
  };
}

test('100,000 rows are looked through, and one more is refused', async () => {
  const app = await TestApp.open((parts) => ({ api: [rosterRoutes({ ...parts, config: null as never })] }));
  try {
    const clerk = await app.signIn('马建国');
    const roster = new RosterClerk(clerk);
    const { organizationId } = clerk.account!;
    const told = await roster.plan(organizationId, city(49_999));
    expect(told.counts?.users).toEqual({ new: 49_999 });
    expect(told.counts?.enrollments).toEqual({ new: 49_999 });
    expect(told.ready).toBe(true);
    await roster.put('orgs.csv', 'sourcedId,name,type\nS,大学校,school\nS2,小学校,school\n');
    expect(await clerk.code('POST', `${roster.path}/plan`)).toBe('TOO_LARGE');
  } finally {
    await app.close();
  }
}, 120_000);

test('kill -9 in the middle of an import leaves nothing of it, and it can be done again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'roster-kill-'));
  try {
    const database = join(folder, 'database');
    await copyMigratedTemplate(database);
    const importId = await withDatabase(database, prepare);
    expect(await killed(database, importId)).toBe('SIGKILL');
    await withDatabase(database, async (db) => {
      expect(await countOf(db, 'account')).toBe(1);
      expect(await countOf(db, 'organization')).toBe(1);
      expect((await new ImportStore(db).tell(importId)).state).toBe('planned');
      const { plan, rootId, accountId } = await planOf(db, importId);
      await applyPlan(db, { plan, rootId, importId, accountId });
      expect(await countOf(db, 'account')).toBe(2_001);
      expect(await countOf(db, 'class_group_member')).toBe(2_000);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

async function withDatabase<T>(folder: string, act: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = await openDatabase(folder);
  try {
    return await act(db);
  } finally {
    await close();
  }
}

/** A bureau with somebody who imports, and an import of 4,000 rows, planned. */
async function prepare(db: Db): Promise<string> {
  const [organizationId, accountId] = [newId(), newId()];
  await db
    .insertInto('organization')
    .values({ id: organizationId, parent_id: null, kind: 'bureau', name: '县教育局' })
    .execute();
  await db
    .insertInto('account')
    .values({ id: accountId, organization_id: organizationId, kind: 'person', name: '马建国' })
    .execute();
  const store = new ImportStore(db);
  const id = await store.begin(organizationId, accountId);
  for (const [name, text] of Object.entries(city(2_000)))
    await store.putFiles(id, await readUpload(name, Buffer.from(text)));
  await store.keepPlan(id, (await planOf(db, id)).plan);
  return id;
}

async function countOf(db: Db, table: 'account' | 'organization' | 'class_group_member'): Promise<number> {
  const { n } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Does the import in a process of its own, which kills itself once the people are written. */
function killed(folder: string, importId: string): Promise<string | null> {
  const program = fileURLToPath(new URL('../../testing/roster-apply.ts', import.meta.url));
  const child = spawn(process.execPath, [program, folder, importId], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
}

test('a zip that would burst, one within folders, and one with two of a name', async () => {
  const zipOf = async (files: Record<string, string>) => {
    const zip = new ZipFile();
    for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
    zip.end();
    const parts: Buffer[] = [];
    for await (const part of zip.outputStream) parts.push(part as Buffer);
    return Buffer.concat(parts);
  };
  await expect(
    readUpload('a.zip', await zipOf({ 'users.csv': '0'.repeat(20_000_000) })),
  ).rejects.toMatchObject({
    code: 'FILE_BOMB',
  });
  await expect(readUpload('a.zip', Buffer.from('PK\u0003\u0004 and then nothing'))).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
  });
  const inFolders = await readUpload(
    'a.zip',
    await zipOf({
      '名单/Users.CSV': `${HEAD}u1,S,student,一,王,1\n`,
      '__MACOSX/名单/._Users.CSV': 'x',
      '名单/照片.jpg': 'x',
    }),
  );
  expect(inFolders.map(({ name, kind, rows }) => [name, kind, rows.length])).toEqual([
    ['Users.CSV', 'users', 1],
    ['照片.jpg', null, 0],
  ]);
});
