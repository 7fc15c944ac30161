import { type FileHandle, open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { AppError } from '#protocol/errors.ts';

interface Entry {
  name: string;
  method: number;
  packed: number;
  unpacked: number;
  offset: number;
}

const MAX_ENTRIES = 10_000;
const MAX_UNPACKED = 1_000_000_000;
/** Text packs ten to one, slides hardly at all; whatever is far beyond that was made to burst. */
const MAX_RATIO = 100;
const SMALL = 50_000_000;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * Looks whether a zip is a set of slides that can be opened without harm: by what its directory claims, and
 * then by what really comes out of it.
 * @throws AppError FILE_TYPE, FILE_BOMB, FILE_UNREADABLE
 */
export async function checkSlides(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const entries = await directoryOf(file, size);
    if (!entries.some(({ name }) => name === 'ppt/presentation.xml'))
      throw new AppError('FILE_TYPE', 'a zip, but not a PPTX');
    const claimed = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
    mustFit(claimed, size);
    let real = 0;
    for (const entry of entries)
      real += await unpackedBytes(file, entry, (bytes) => mustFit(real + bytes, size));
  } finally {
    await file.close();
  }
}

function mustFit(unpacked: number, packed: number): void {
  if (unpacked > MAX_UNPACKED || (unpacked > SMALL && unpacked > packed * MAX_RATIO))
    throw new AppError('FILE_BOMB', 'the file grows beyond all measure when it is unpacked');
}

async function directoryOf(file: FileHandle, size: number): Promise<Entry[]> {
  const tail = await read(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at -= 1;
  if (at < 0) throw unreadable();
  const count = tail.readUInt16LE(at + 10);
  const [bytes, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  // 0xffff and 0xffffffff: sizes that only a 64-bit zip has, and no set of slides.
  if (count > MAX_ENTRIES || offset + bytes > size) throw unreadable();
  const directory = await read(file, offset, bytes);
  const entries: Entry[] = [];
  for (let next = 0; entries.length < count; ) {
    if (next + 46 > directory.length || directory.readUInt32LE(next) !== ENTRY) throw unreadable();
    const [nameBytes, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(next + field)) as [
      number,
      number,
      number,
    ];
    entries.push({
      method: directory.readUInt16LE(next + 10),
      packed: directory.readUInt32LE(next + 20),
      unpacked: directory.readUInt32LE(next + 24),
      offset: directory.readUInt32LE(next + 42),
      name: directory.toString('utf8', next + 46, next + 46 + nameBytes),
    });
    next += 46 + nameBytes + extra + comment;
  }
  return entries;
}

/** Unpacks one entry into nothing. `grown` is told as it grows, and may end it by throwing. */
async function unpackedBytes(
  file: FileHandle,
  { method, packed, offset }: Entry,
  grown: (bytes: number) => void,
): Promise<number> {
  const local = await read(file, offset, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== LOCAL) throw unreadable();
  if (method === 0) return packed;
  if (method !== 8) throw unreadable();
  const start = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      try {
        grown(bytes);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  if (packed === 0) return 0;
  await pipeline(
    file.createReadStream({ start, end: start + packed - 1, autoClose: false }),
    createInflateRaw(),
    count.resume(),
  ).catch((error: unknown) => {
    throw error instanceof AppError ? error : unreadable(error);
  });
  return bytes;
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

const unreadable = (cause?: unknown) =>
  new AppError('FILE_UNREADABLE', 'the file is damaged', cause ? { cause } : undefined);
