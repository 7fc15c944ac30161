import { createWriteStream } from 'node:fs';
import { rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import { AppError } from '#protocol/errors.ts';

/** Where bytes wait until a file is whole: one file an upload, named by its id, with tus's own notes beside it. */
export class UploadStore extends FileStore {
  /**
   * Like the parent's, with the one reason that its sender can do something about: what was written stays, and the
   * upload goes on from there when there is room.
   * @throws AppError STORAGE_FULL
   */
  override async write(readable: Readable, id: string, offset: number): Promise<number> {
    const file = createWriteStream(this.pathOf(id), { flags: 'r+', start: offset });
    try {
      await pipeline(readable, file);
    } catch (error) {
      throw isFull(error)
        ? new AppError('STORAGE_FULL', 'no space left for uploads', { cause: error })
        : error;
    }
    return offset + file.bytesWritten;
  }

  pathOf(id: string): string {
    return join(this.directory, id);
  }

  async received(id: string): Promise<number> {
    return await stat(this.pathOf(id)).then(
      ({ size }) => size,
      () => 0,
    );
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.directory);
    return bavail * bsize;
  }

  /** No error when nothing is there. */
  async discard(id: string): Promise<void> {
    await this.remove(id).catch(() => undefined);
    await rm(this.pathOf(id), { force: true, recursive: true });
  }
}

export function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'RECORDING_DISK_FULL' || code === 'STORAGE_FULL';
}
