import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BlobStore } from './blob-store.ts';

/** What every BlobStore must do; each implementation's test runs it. */
export function blobStoreContract(
  name: string,
  make: () => Promise<{ store: BlobStore; close(): Promise<void> }>,
) {
  describe(`${name} keeps the BlobStore contract`, () => {
    let made: Awaited<ReturnType<typeof make>>;
    beforeAll(async () => {
      made = await make();
    });
    afterAll(async () => {
      await made.close();
    });

    test('what was put is read back, whole and in ranges', async () => {
      await made.store.put('a/b/hello.txt', 'hello world', { durable: true });
      expect((await made.store.get('a/b/hello.txt')).toString()).toBe('hello world');
      expect((await made.store.info('a/b/hello.txt')).bytes).toBe(11);
      expect(await text(await made.store.open('a/b/hello.txt', { start: 6, end: 10 }))).toBe('world');
    });

    test('a file that is handed over is read back, and gone from where it was', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'blob-'));
      const path = join(folder, 'film');
      await writeFile(path, 'a long film');
      await made.store.putFile('a/c/film', path);
      expect((await made.store.get('a/c/film')).toString()).toBe('a long film');
      await expect(access(path)).rejects.toThrow();
      await rm(folder, { recursive: true });
    });

    test('a second put replaces the first', async () => {
      await made.store.put('a/replaced', 'one');
      await made.store.put('a/replaced', new TextEncoder().encode('two'));
      expect((await made.store.get('a/replaced')).toString()).toBe('two');
    });

    test('readers during a put see the old or the new blob, never a part', async () => {
      const old = 'o'.repeat(100_000);
      const next = 'n'.repeat(200_000);
      await made.store.put('a/atomic', old);
      const writes = (async () => {
        for (let i = 0; i < 20; i += 1) await made.store.put('a/atomic', i % 2 ? old : next);
      })();
      for (let i = 0; i < 40; i += 1) {
        const seen = (await made.store.get('a/atomic')).toString();
        expect(seen === old || seen === next).toBe(true);
      }
      await writes;
    });

    test('lists below a prefix, nothing for an unknown one', async () => {
      await made.store.put('list/x/1', '1');
      await made.store.put('list/2', '2');
      expect(await made.store.list('list')).toEqual(['list/2', 'list/x/1']);
      expect(await made.store.list('nobody')).toEqual([]);
    });

    test('a missing blob is NOT_FOUND; deleting it is no error', async () => {
      await expect(made.store.get('no/such')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(made.store.info('no/such')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(made.store.open('no/such')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await made.store.delete('no/such');
    });

    test.each(['../up', 'a/../b', '/abs', 'a//b', '', '.hidden', 'a/.tmp', 'a\\b', 'a\0b', 'x'.repeat(600)])(
      'refuses the key %j',
      async (key) => {
        await expect(made.store.put(key, 'x')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
        await expect(made.store.get(key)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      },
    );
  });
}
