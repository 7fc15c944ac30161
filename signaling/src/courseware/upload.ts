import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#protocol/errors.ts';
import { type FileKind, HEAD_BYTES, recognise } from './recognise.ts';

/** A file that has come in and lies in a folder of its own until somebody wants it. */
export interface Upload extends FileKind {
  path: string;
  folder: string;
  bytes: number;
  /** Clears away what is left of it. */
  discard(): Promise<void>;
}

export interface UploadLimits {
  maxBytes: number;
}

const limitOf = ({ kind }: FileKind, { maxBytes }: UploadLimits): number =>
  kind === 'image' ? maxBytes / 4 : kind === 'clip' ? maxBytes / 2 : maxBytes;

/**
 * Writes a body to the disk as it comes. It is ended as soon as it is known not to be wanted: by its kind, which
 * its first bytes tell, or by its size.
 * @throws AppError FILE_TOO_LARGE, FILE_TYPE, FILE_SVG, FILE_UNREADABLE, STORAGE_FULL
 */
export async function receive(body: Readable, below: string, limits: UploadLimits): Promise<Upload> {
  const folder = await mkdtemp(join(below, 'upload-')).catch(refuse);
  const discard = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'file');
  let bytes = 0;
  let head = Buffer.alloc(0);
  let kind: FileKind | null = null;
  // Ending the reading early must not end the line: its sender is still to be told why.
  const incoming = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  async function* watched() {
    for await (const chunk of incoming) {
      bytes += chunk.length;
      if (!kind) {
        head = Buffer.concat([head, chunk]);
        if (head.length >= HEAD_BYTES) kind = await recognise(head.subarray(0, HEAD_BYTES));
      }
      if (bytes > (kind ? limitOf(kind, limits) : limits.maxBytes))
        throw new AppError('FILE_TOO_LARGE', 'the file is too large');
      yield chunk;
    }
  }
  try {
    await pipeline(watched, createWriteStream(path));
    if (bytes === 0) throw new AppError('FILE_UNREADABLE', 'the file is empty');
    return { ...(kind ?? (await recognise(head))), path, folder, bytes, discard };
  } catch (error) {
    await discard();
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    throw new AppError('STORAGE_FULL', 'no space left for courseware', { cause: error });
  // Whoever sent it went away in the middle: nobody is there to be told.
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET')
    throw new AppError('FILE_UNREADABLE', 'the file did not come whole', { cause: error });
  throw error;
}
