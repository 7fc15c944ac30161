import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AppError } from '#protocol/errors.ts';

export const MANIFEST = 'manifest.json';
const MAX_ENTRIES = 20_000;

export interface ZipEntry {
  name: string;
  bytes: number;
  packed: number;
}

const openZip = promisify<string, yauzl.Options, ZipFile>(yauzl.open);

/** @throws AppError FILE_UNREADABLE */
export async function entriesOf(path: string): Promise<ZipEntry[]> {
  const reader = await ZipReader.open(path);
  try {
    return reader.entries;
  } finally {
    reader.close();
  }
}

/** A zip on the disk, read entry by entry; yauzl refuses absolute names and names that lead out. */
export class ZipReader {
  readonly #zip: ZipFile;
  readonly #entries: Map<string, Entry>;

  /** @throws AppError FILE_UNREADABLE, FILE_BOMB */
  static async open(path: string): Promise<ZipReader> {
    const zip = await openZip(path, { lazyEntries: true, autoClose: false, decodeStrings: true }).catch(
      (error: unknown) => {
        throw new AppError('FILE_UNREADABLE', 'the zip is damaged', { cause: error });
      },
    );
    const entries = new Map<string, Entry>();
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry: Entry) => {
        if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
        if (entries.size > MAX_ENTRIES) reject(new AppError('FILE_BOMB', 'too many files in one zip'));
        else zip.readEntry();
      });
      zip.once('end', resolve);
      zip.once('error', (error) =>
        reject(new AppError('FILE_UNREADABLE', 'the zip is damaged', { cause: error })),
      );
      zip.readEntry();
    }).catch((error: unknown) => {
      zip.close();
      throw error;
    });
    return new ZipReader(zip, entries);
  }

  private constructor(zip: ZipFile, entries: Map<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  get entries(): ZipEntry[] {
    return [...this.#entries.values()].map(({ fileName, uncompressedSize, compressedSize }) => ({
      name: fileName,
      bytes: uncompressedSize,
      packed: compressedSize,
    }));
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** A small entry whole. @throws AppError NOT_FOUND, FILE_BOMB, FILE_UNREADABLE */
  async read(name: string, maxBytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    await this.#unpack(name, maxBytes, async (source) => {
      for await (const chunk of source) chunks.push(chunk as Buffer);
    });
    return Buffer.concat(chunks);
  }

  /** An entry onto the disk. @throws as {@link read} */
  async extract(name: string, path: string, maxBytes: number): Promise<void> {
    await this.#unpack(name, maxBytes, (source) => pipeline(source, createWriteStream(path)));
  }

  close(): void {
    this.#zip.close();
  }

  async #unpack(name: string, maxBytes: number, into: (source: Readable) => Promise<unknown>): Promise<void> {
    const entry = this.#entries.get(name);
    if (!entry) throw new AppError('NOT_FOUND', `no ${name} in the zip`);
    if (entry.uncompressedSize > maxBytes) throw new AppError('FILE_BOMB', `${name} is too large`);
    let bytes = 0;
    // What the directory claims is one thing, what comes out another.
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        done(bytes > maxBytes ? new AppError('FILE_BOMB', `${name} is too large`) : null, chunk);
      },
    });
    try {
      const source = await new Promise<Readable>((resolve, reject) =>
        this.#zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))),
      );
      source.once('error', (error) => counted.destroy(error));
      await into(source.pipe(counted));
    } catch (error) {
      const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (error instanceof AppError || full) throw error;
      throw new AppError('FILE_UNREADABLE', `${name} in the zip is damaged`, { cause: error });
    }
  }
}
