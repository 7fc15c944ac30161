import { type FileHandle, open } from 'node:fs/promises';
import { findBox } from '#platform/mp4/box.ts';

/** A moov of many hours is some ten MB; more is not one of ours. */
const MAX_MOOV = 256 * 1024 * 1024;

export interface Mp4Track {
  kind: 'video' | 'audio';
  durationMs: number;
}

/** The tracks of a whole, unfragmented MP4; null when the file is cut off, empty or not one. */
export async function readMp4(path: string): Promise<Mp4Track[] | null> {
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const moov = await findMoov(file, (await file.stat()).size);
    return moov && boxes(moov, 'trak').flatMap(readTrack);
  } finally {
    await file.close();
  }
}

/** Walks over the file's boxes, each of which must end within the file. */
async function findMoov(file: FileHandle, size: number): Promise<Buffer | null> {
  const head = Buffer.alloc(16);
  let moov: Buffer | null = null;
  let hasMedia = false;
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(head, 0, 16, at);
    if (bytesRead < 8) return null;
    const short = head.readUInt32BE(0);
    const bytes = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (bytes < 8 || at + bytes > size) return null;
    const type = head.toString('latin1', 4, 8);
    if (type === 'mdat') hasMedia = bytes > 16;
    if (type === 'moov') {
      if (bytes > MAX_MOOV) return null;
      moov = Buffer.alloc(bytes - 8);
      await file.read(moov, 0, moov.length, at + 8);
    }
    at += bytes;
  }
  return hasMedia ? moov : null;
}

function boxes(content: Buffer, type: string): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 8 <= content.length; ) {
    const bytes = content.readUInt32BE(at);
    if (bytes < 8 || at + bytes > content.length) break;
    if (content.toString('latin1', at + 4, at + 8) === type) found.push(content.subarray(at + 8, at + bytes));
    at += bytes;
  }
  return found;
}

function readTrack(trak: Buffer): Mp4Track[] {
  const mdhd = findBox(trak, ['mdia', 'mdhd']);
  const handler = findBox(trak, ['mdia', 'hdlr'])?.toString('latin1', 8, 12);
  const stts = findBox(trak, ['mdia', 'minf', 'stbl', 'stts']);
  if (!mdhd || !stts || (handler !== 'vide' && handler !== 'soun')) return [];
  const timescale = mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12);
  let ticks = 0;
  for (let index = 0; index < stts.readUInt32BE(4); index++)
    ticks += stts.readUInt32BE(8 + index * 8) * stts.readUInt32BE(12 + index * 8);
  return [{ kind: handler === 'vide' ? 'video' : 'audio', durationMs: (ticks / timescale) * 1000 }];
}
