import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from '@jest/globals';
import { openEmbeddedDatabase } from './pglite.ts';

const folder = await mkdtemp(join(tmpdir(), 'pglite-'));
afterAll(() => rm(folder, { recursive: true }));

const writerScript = `
  const { openEmbeddedDatabase } = await import(${JSON.stringify(new URL('./pglite.ts', import.meta.url).href)});
  const { pglite } = await openEmbeddedDatabase(${JSON.stringify(folder)});
  await pglite.exec('create table if not exists t (n int primary key)');
  for (let n = 1; ; n += 1) { await pglite.query('insert into t values ($1)', [n]); console.log(n); }
`;

test('fsync is on, and every row acknowledged before kill -9 is there afterwards', async () => {
  const writer = spawn(process.execPath, ['--input-type=module', '-e', writerScript], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acknowledged = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged = Number(line);
    if (acknowledged === 300) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  expect(acknowledged).toBeGreaterThanOrEqual(300);

  const database = await openEmbeddedDatabase(folder);
  const { rows } = await database.pglite.query<{ count: number; max: number }>(
    'select count(*)::int, max(n) from t',
  );
  expect(rows[0]!.max).toBeGreaterThanOrEqual(acknowledged);
  expect(rows[0]!.count).toBe(rows[0]!.max);
  const setting = await database.pglite.query<{ fsync: string }>('show fsync');
  expect(setting.rows[0]!.fsync).toBe('on');
  await expect(openEmbeddedDatabase(folder)).rejects.toMatchObject({ name: 'FolderLockedError' });
  await database.close();
});
