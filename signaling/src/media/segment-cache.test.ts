import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { FolderBlobStore } from '#platform/blob-store/folder-blob-store.ts';
import { SegmentCache } from './segment-cache.ts';

const folder = await mkdtemp(join(tmpdir(), 'segments-'));
afterAll(() => rm(folder, { recursive: true }));
const blobs = new FolderBlobStore(folder);

test('what is asked for again is kept, as far as there is room, and nothing after a deletion', async () => {
  const cache = new SegmentCache(blobs, 8_000);
  const isKept = (key: string) => Buffer.isBuffer(cache.get(key));
  for (let number = 0; number < 12; number += 1) await blobs.put(`r/${number}`, Buffer.alloc(1_000, number));
  expect(isKept('r/0')).toBe(false);
  await cache.get('r/0');
  await cache.get('r/0');
  expect(isKept('r/0')).toBe(true);
  for (let number = 1; number < 12; number += 1) for (const _ of 'twice') await cache.get(`r/${number}`);
  expect([isKept('r/0'), isKept('r/11')]).toEqual([false, true]);
  cache.clear();
  expect(isKept('r/11')).toBe(false);
});

test('several at once read once, and what is missing is missing for all of them', async () => {
  const cache = new SegmentCache(blobs, 8_000);
  const [one, other] = [cache.get('r/1'), cache.get('r/1')];
  expect(one).toBe(other);
  expect((await one)[0]).toBe(1);
  await expect(cache.get('r/none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
