import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { BlobStore } from './blob-store.ts';
import { FolderBlobStore } from './folder-blob-store.ts';

/** Where blobs are kept; plain data, so that it can be told to another process. */
export type BlobPlace = { kind: 'folder'; folder: string };

export function blobPlaceOf({ dataDir }: Pick<Config, 'dataDir'>): BlobPlace {
  return { kind: 'folder', folder: join(dataDir, 'blobs') };
}

export function openBlobStore(place: BlobPlace): BlobStore {
  return new FolderBlobStore(place.folder);
}
