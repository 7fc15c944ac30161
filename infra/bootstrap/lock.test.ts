import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { withLock } from './lock.mjs';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(dir, { recursive: true }));

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('one at a time, and whoever waits is told once', async () => {
  let inside = 0;
  let waits = 0;
  const order: number[] = [];
  const work = (n: number) => async () => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(50);
    inside -= 1;
    order.push(n);
  };
  const wait = () => {
    waits += 1;
  };
  await Promise.all([1, 2, 3].map((n) => withLock(join(dir, 'sub/x.lock'), work(n), wait)));
  expect(order.toSorted()).toEqual([1, 2, 3]);
  expect(waits).toBe(2);
  expect(await readdir(join(dir, 'sub'))).toEqual([]);
});

test('a failure gives the lock back', async () => {
  const file = join(dir, 'x.lock');
  const failing = withLock(file, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await withLock(file, async () => 'yes')).toBe('yes');
});

test('what a killed holder left behind is taken over by exactly one', async () => {
  const file = join(dir, 'x.lock');
  await writeFile(file, 'a dead process');
  const old = new Date(Date.now() - 60_000);
  await utimes(file, old, old);
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(30);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => withLock(file, work)));
  expect(await readdir(dir)).toEqual([]);
});
