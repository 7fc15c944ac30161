import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { BlobStore } from './blob-store.ts';
import { FolderBlobStore } from './folder-blob-store.ts';
import { MirroredBlobStore } from './mirrored-blob-store.ts';
import { S3BlobStore, type S3Place } from './s3-blob-store.ts';

/** Where blobs are kept; plain data, so that it can be told to another process. */
export type BlobPlace = ({ kind: 'folder'; folder: string } | S3Place) & {
  /** A folder with a second copy; none where it is empty. */
  secondFolder?: string;
};

export function blobPlaceOf({ dataDir, blobs }: Pick<Config, 'dataDir' | 'blobs'>): BlobPlace {
  const { kind, secondFolder, ...s3 } = blobs;
  const first = kind === 's3' ? { kind, ...s3 } : { kind, folder: join(dataDir, 'blobs') };
  return { ...first, secondFolder };
}

/** The local folder in which the recorder keeps its indexes while lessons run: the blobs' own where they are files. */
export function indexFolderOf({ dataDir, blobs }: Pick<Config, 'dataDir' | 'blobs'>): string {
  return join(dataDir, blobs.kind === 's3' ? 'indexes' : 'blobs/recordings');
}

export function openBlobStore(place: BlobPlace): BlobStore {
  const first = place.kind === 's3' ? new S3BlobStore(place) : new FolderBlobStore(place.folder);
  return place.secondFolder ? new MirroredBlobStore(first, new FolderBlobStore(place.secondFolder)) : first;
}
