import type { Readable } from 'node:stream';
import type { BlobInfo, BlobRange, BlobStore } from './blob-store.ts';
import type { FolderBlobStore } from './folder-blob-store.ts';

/**
 * A store with a second copy of everything in a folder (another disk). The first counts: the second may fail or lag
 * behind without anybody noticing but the scrub, which fills it up and repairs the first from it.
 */
export class MirroredBlobStore implements BlobStore {
  readonly first: BlobStore;
  readonly second: FolderBlobStore;

  constructor(first: BlobStore, second: FolderBlobStore) {
    this.first = first;
    this.second = second;
  }

  async put(key: string, data: Uint8Array | string, options?: { durable?: boolean }): Promise<void> {
    await this.first.put(key, data, options);
    await this.second.put(key, data).catch(() => {});
  }

  async putFile(key: string, path: string): Promise<void> {
    await this.first.putFile(key, path);
    await this.first
      .open(key)
      .then((content) => this.second.putStream(key, content))
      .catch(() => {});
  }

  get(key: string): Promise<Buffer> {
    return this.first.get(key);
  }

  info(key: string): Promise<BlobInfo> {
    return this.first.info(key);
  }

  open(key: string, range?: BlobRange): Promise<Readable> {
    return this.first.open(key, range);
  }

  list(prefix: string): Promise<string[]> {
    return this.first.list(prefix);
  }

  /** What is deleted is gone from both, or the deletion has failed. */
  async delete(key: string): Promise<void> {
    await this.second.delete(key);
    await this.first.delete(key);
  }
}
