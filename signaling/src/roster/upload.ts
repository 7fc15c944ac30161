import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#protocol/errors.ts';
import { ROSTER_MAX_BYTES } from '#protocol/roster.ts';
import { ZipReader } from '../package/zip.ts';
import { isRosterName, type ReadFile, readRosterFile } from './roster-file.ts';

const ZIP = Buffer.from('PK\u0003\u0004');
const MAX_IN_ZIP = 40;
/** Names and numbers pack twenty to one at most; whatever is far beyond that was made to burst. */
const MAX_RATIO = 60;
const SMALL = 4_000_000;

/**
 * The files of one upload: a CSV, or a zip of them, in folders or not.
 * @throws AppError FILE_UNREADABLE, FILE_BOMB
 */
export async function readUpload(name: string, bytes: Buffer): Promise<ReadFile[]> {
  if (!bytes.subarray(0, 4).equals(ZIP)) return [readRosterFile(name, bytes)];
  const folder = await mkdtemp(join(tmpdir(), 'roster-'));
  try {
    const path = join(folder, 'upload.zip');
    await writeFile(path, bytes);
    return await readZip(path, bytes.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readZip(path: string, packed: number): Promise<ReadFile[]> {
  const zip = await ZipReader.open(path);
  try {
    // macOS puts files of its own beside each.
    const entries = zip.entries.filter(({ name }) => !/(^|\/)(__MACOSX\/|\.)/.test(name));
    if (entries.length > MAX_IN_ZIP) throw new AppError('FILE_BOMB', 'too many files in the zip');
    const files: ReadFile[] = [];
    let unpacked = 0;
    for (const { name } of entries) {
      const base = name.replace(/^.*[\\/]/, '');
      if (!isRosterName(base)) {
        files.push({
          ...readRosterFile(base, new Uint8Array()),
          problems: [{ issue: 'notUsed', value: base }],
        });
        continue;
      }
      const bytes = await zip.read(name, ROSTER_MAX_BYTES);
      unpacked += bytes.length;
      if (unpacked > ROSTER_MAX_BYTES || (unpacked > SMALL && unpacked > packed * MAX_RATIO))
        throw new AppError('FILE_BOMB', 'the zip grows beyond all measure when it is unpacked');
      files.push(readRosterFile(base, bytes));
    }
    return files;
  } finally {
    zip.close();
  }
}
