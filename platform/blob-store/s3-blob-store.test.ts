import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startS3 } from '../testing/s3-server.ts';
import { blobStoreContract } from './blob-store.contract.ts';
import { FolderBlobStore } from './folder-blob-store.ts';
import { MirroredBlobStore } from './mirrored-blob-store.ts';
import { S3BlobStore } from './s3-blob-store.ts';

blobStoreContract('S3BlobStore', async () => {
  const { place, close } = await startS3('county/');
  return { store: new S3BlobStore(place), close };
});

blobStoreContract('MirroredBlobStore', async () => {
  const root = await mkdtemp(join(tmpdir(), 'mirrored-'));
  const first = new FolderBlobStore(join(root, 'first'));
  const store = new MirroredBlobStore(first, new FolderBlobStore(join(root, 'second')));
  return { store, close: () => rm(root, { recursive: true }) };
});

test('an object carries its SHA-256; large ones go in parts; another prefix is another store', async () => {
  const { place, close } = await startS3('a/');
  const store = new S3BlobStore(place);
  const folder = await mkdtemp(join(tmpdir(), 's3-file-'));
  const data = Buffer.alloc(6 * 1024 * 1024, 'film');
  const sha256 = createHash('sha256').update(data).digest('hex');
  await writeFile(join(folder, 'film'), data);
  await store.putFile('x/film', join(folder, 'film'));
  expect(await store.info('x/film')).toMatchObject({ bytes: data.length, sha256 });
  expect((await store.get('x/film')).equals(data)).toBe(true);
  expect(await new S3BlobStore({ ...place, prefix: 'b/' }).list('x')).toEqual([]);
  await rm(folder, { recursive: true });
  await close();
});

test('a second copy holds what was put, and may fail without harm', async () => {
  const root = await mkdtemp(join(tmpdir(), 'mirrored-'));
  const [first, second] = [new FolderBlobStore(join(root, '1')), new FolderBlobStore(join(root, '2'))];
  const store = new MirroredBlobStore(first, second);
  await store.put('a/b', 'x');
  await writeFile(join(root, 'file'), 'y');
  await store.putFile('a/c', join(root, 'file'));
  expect(await second.list('a')).toEqual(['a/b', 'a/c']);
  await rm(join(root, '2'), { recursive: true });
  await writeFile(join(root, '2'), 'no folder');
  await store.put('a/d', 'z');
  expect((await store.get('a/d')).toString()).toBe('z');
  await rm(root, { recursive: true });
});
