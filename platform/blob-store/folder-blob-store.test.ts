import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { blobStoreContract } from './blob-store.contract.ts';
import { FolderBlobStore } from './folder-blob-store.ts';

blobStoreContract('FolderBlobStore', async () => {
  const root = await mkdtemp(join(tmpdir(), 'blobs-'));
  return { store: new FolderBlobStore(root), close: () => rm(root, { recursive: true }) };
});

test('a put leaves no temporary file behind, and works again after the folder was removed', async () => {
  const root = await mkdtemp(join(tmpdir(), 'blobs-'));
  const store = new FolderBlobStore(root);
  await store.put('x/1', 'a');
  await rm(join(root, 'x'), { recursive: true });
  await expect(store.put('x/2', 'b')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await store.put('x/2', 'b');
  expect(await readdir(join(root, 'x'))).toEqual(['2']);
  await rm(root, { recursive: true });
});
