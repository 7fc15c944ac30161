import { randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  fdatasync,
  openSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { AppError } from '#protocol/errors.ts';
import { type BlobInfo, type BlobRange, type BlobStore, isBlobKey } from './blob-store.ts';

const datasync = promisify(fdatasync);

/** Blobs as files below one folder. Temporary files begin with a dot, which no key can. */
export class FolderBlobStore implements BlobStore {
  readonly root: string;
  readonly #known = new Set<string>();

  constructor(root: string) {
    this.root = root;
  }

  /** The file behind a key, for programs that must be given a path (ffmpeg). */
  pathOf(key: string): string {
    if (!isBlobKey(key)) throw new AppError('BAD_REQUEST', 'not a blob key');
    return join(this.root, ...key.split('/'));
  }

  async put(key: string, data: Uint8Array | string, options: { durable?: boolean } = {}): Promise<void> {
    const path = this.pathOf(key);
    const folder = dirname(path);
    const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
    try {
      if (!this.#known.has(folder)) {
        await mkdir(folder, { recursive: true });
        this.#known.add(folder);
      }
      // Synchronous but for the wait for the disk: into the page cache each of these is microseconds, while a
      // trip to libuv's threads and back is ten times that. It is a fifth of a recorder's CPU.
      const file = openSync(temporary, 'wx');
      try {
        writeFileSync(file, data);
        if (options.durable) await datasync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, path);
    } catch (error) {
      this.#known.delete(folder);
      await unlink(temporary).catch(() => undefined);
      throw translate(error);
    }
  }

  async putFile(key: string, path: string): Promise<void> {
    const target = this.pathOf(key);
    const beside = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`);
    try {
      await mkdir(dirname(target), { recursive: true });
      // Within one disk this is a rename; from another it is copied first, and appears whole all the same.
      await rename(path, target).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EXDEV') throw error;
        await copyFile(path, beside);
        await rename(beside, target);
        await unlink(path);
      });
    } catch (error) {
      await unlink(beside).catch(() => undefined);
      throw translate(error);
    }
  }

  /** Whole or not at all, for what comes from elsewhere and is too large to hold in memory. */
  async putStream(key: string, content: Readable): Promise<void> {
    const target = this.pathOf(key);
    const beside = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`);
    try {
      await mkdir(dirname(target), { recursive: true });
      await pipeline(content, createWriteStream(beside));
      await rename(beside, target);
    } catch (error) {
      await unlink(beside).catch(() => undefined);
      throw translate(error);
    }
  }

  async get(key: string): Promise<Buffer> {
    return await readFile(this.pathOf(key)).catch(refuse);
  }

  async info(key: string): Promise<BlobInfo> {
    const found = await stat(this.pathOf(key)).catch(refuse);
    if (!found.isFile()) throw new AppError('NOT_FOUND', 'no such blob');
    return { bytes: found.size, modifiedMs: found.mtimeMs };
  }

  async open(key: string, range?: BlobRange): Promise<Readable> {
    await this.info(key);
    return createReadStream(this.pathOf(key), range);
  }

  async list(prefix: string): Promise<string[]> {
    const folder = this.pathOf(prefix);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw translate(error);
      },
    );
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => `${prefix}${join(entry.parentPath, entry.name).slice(folder.length)}`)
      .sort();
  }

  async delete(key: string): Promise<void> {
    await unlink(this.pathOf(key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw translate(error);
    });
  }
}

function refuse(error: unknown): never {
  throw translate(error);
}

function translate(error: unknown): unknown {
  if (error instanceof AppError) return error;
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('NOT_FOUND', 'no such blob', { cause: error });
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('RECORDING_DISK_FULL', 'no space left for blobs', { cause: error });
    default:
      return error;
  }
}
