import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { FolderLock, FolderLockedError } from './folder-lock.ts';

const folder = await mkdtemp(join(tmpdir(), 'lock-'));
afterAll(() => rm(folder, { recursive: true }));

const holderScript = `
  const { FolderLock } = await import(${JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href)});
  FolderLock.acquire(${JSON.stringify(folder)});
  console.log('held');
  setInterval(() => {}, 1000);
`;

test('a second process is refused while the first lives, and let in after kill -9', async () => {
  const other = spawn(process.execPath, ['--input-type=module', '-e', holderScript], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(other.stdout, 'data');
  expect(() => FolderLock.acquire(folder)).toThrow(FolderLockedError);
  const year = new Date().getFullYear();
  expect(() => FolderLock.acquire(folder)).toThrow(
    new RegExp(
      `in use by process ${other.pid} \\(.+\\), since ${year}-.*\\n.*正被进程 ${other.pid} .*从 ${year}-`,
    ),
  );
  other.kill('SIGKILL');
  await once(other, 'exit');
  const lock = FolderLock.acquire(folder);
  expect(() => FolderLock.acquire(folder)).toThrow(FolderLockedError);
  lock.release();
  lock.release();
  expect(await readdir(folder)).toEqual([]);
});
