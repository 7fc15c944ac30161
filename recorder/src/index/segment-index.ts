import { writeSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readIndex, writeIndexLine } from '#platform/recording-index.ts';
import { AppError } from '#protocol/errors.ts';
import type { IndexRecord } from '#protocol/recording-index.ts';

interface Pending {
  line: string;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * The truth about a recording: an append-only file of lines, each `{"crc":"xxxxxxxx","record":{…}}` with the
 * CRC-32 of the record's text. A line counts when it is whole; what follows the last whole line (a torn
 * write before a `kill -9`) is cut off at the next append.
 *
 * Appends that come together share one write and one fdatasync.
 */
export class SegmentIndex {
  readonly #path: string;
  #file: FileHandle | undefined;
  /** Length of the whole lines. Writing is by position, so a torn line is overwritten. */
  #bytes: number;
  #torn: boolean;
  #pending: Pending[] = [];
  /** Lines that later ones cannot be read without: written with the next batch that succeeds. */
  #owed: string[] = [];
  #flushing: Promise<void> | undefined;

  /** Reads what is there; a missing file is an empty index and is made with the first append. */
  static async open(path: string): Promise<{ index: SegmentIndex; records: IndexRecord[] }> {
    const data = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    const { records, bytes } = readIndex(data);
    return { index: new SegmentIndex(path, bytes, bytes < data.length), records };
  }

  private constructor(path: string, bytes: number, torn: boolean) {
    this.#path = path;
    this.#bytes = bytes;
    this.#torn = torn;
  }

  /** Resolves when the record is on the disk. Rejects with RECORDING_DISK_FULL or the system's error. */
  append(record: IndexRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ line: writeIndexLine(record), resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** Like {@link append} for records that the others rest on: kept until they could be written. */
  owe(record: IndexRecord): void {
    this.#owed.push(writeIndexLine(record));
    this.#flushing ??= this.#flush();
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #flush(): Promise<void> {
    // One turn of the event loop, so that rungs cut at the same key frame share the fdatasync.
    await new Promise(setImmediate);
    while (this.#pending.length > 0 || this.#owed.length > 0) {
      const batch = this.#pending;
      const owed = this.#owed;
      this.#pending = [];
      this.#owed = [];
      try {
        await this.#write(Buffer.from(owed.join('') + batch.map((item) => item.line).join('')));
        for (const item of batch) item.resolve();
      } catch (error) {
        this.#torn = true;
        this.#owed = [...owed, ...this.#owed];
        for (const item of batch) item.reject(translate(error));
        if (this.#pending.length === 0) break;
      }
    }
    this.#flushing = undefined;
  }

  async #write(data: Buffer): Promise<void> {
    if (!this.#file) {
      await mkdir(dirname(this.#path), { recursive: true });
      this.#file = await open(this.#path, this.#bytes === 0 ? 'w' : 'r+');
    }
    if (this.#torn) {
      await this.#file.truncate(this.#bytes);
      this.#torn = false;
    }
    let written = 0;
    while (written < data.length) {
      // A few hundred bytes into the page cache: not worth a thread's while.
      written += writeSync(this.#file.fd, data, written, data.length - written, this.#bytes + written);
    }
    await this.#file.datasync();
    this.#bytes += data.length;
  }
}

function translate(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new AppError('RECORDING_DISK_FULL', 'no space left for the index', { cause: error });
}
