import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { FolderBlobStore } from '#platform/blob-store/folder-blob-store.ts';
import { AppError } from '#protocol/errors.ts';
import type { Db } from '../../signaling/src/database/database.ts';
import {
  type ExpectedBlob,
  filesInRows,
  filesOf,
  indexKey,
  readRecording,
  recordingsIn,
} from './expected.ts';

export interface Damage {
  key: string;
  problem: 'missing' | 'changed' | 'torn';
  /** Whether it was put right from the second copy. */
  repaired: boolean;
}

export interface ScrubReport {
  blobs: number;
  bytes: number;
  damaged: Damage[];
  /** What was put into the second copy, where that had it not or not right. */
  copied: number;
  /** Without the database only recordings are looked at. */
  rows: boolean;
}

export interface ScrubParts {
  blobs: BlobStore;
  second: FolderBlobStore | null;
  /** Null while another process has the embedded database. */
  db: Db | null;
  /** False only reports. */
  repair: boolean;
  said?(key: string): void;
}

/** Reads every blob that there has to be, compares its SHA-256, and puts right what a second copy has right. */
export async function scrub({ blobs, second, db, repair, said }: ScrubParts): Promise<ScrubReport> {
  const report: ScrubReport = { blobs: 0, bytes: 0, damaged: [], copied: 0, rows: db !== null };

  async function look(expected: ExpectedBlob): Promise<void> {
    said?.(expected.key);
    report.blobs += 1;
    report.bytes += expected.bytes;
    const state = await compare(blobs, expected);
    const copy = second && (await compare(second, expected));
    if (state !== 'right') {
      const repaired = repair && copy === 'right';
      if (repaired) await put(blobs, second!, expected.key);
      report.damaged.push({ key: expected.key, problem: state, repaired });
    } else if (repair && second && copy !== 'right') {
      await second.putStream(expected.key, await blobs.open(expected.key));
      report.copied += 1;
    }
  }

  for (const recordingId of await recordingsIn(blobs)) {
    const recording = await mendIndex(recordingId);
    for (const expected of filesOf(recording)) await look(expected);
  }
  for (const expected of db ? await filesInRows(db) : []) await look(expected);
  return report;

  /** An index has no hash of its own: its lines have. A finished one that is torn is taken from the second copy. */
  async function mendIndex(recordingId: string) {
    const recording = await readRecording(blobs, recordingId);
    const copy = second && (await readRecording(second, recordingId).catch(() => null));
    const better = copy?.whole && copy.contents.durationMs !== null;
    if (recording.whole) {
      if (repair && second && !better && recording.contents.durationMs !== null) {
        await second.put(indexKey(recordingId), await blobs.get(indexKey(recordingId)));
        report.copied += 1;
      }
      return recording;
    }
    const repaired = repair && better === true;
    if (repaired) await put(blobs, second!, indexKey(recordingId));
    report.damaged.push({ key: indexKey(recordingId), problem: 'torn', repaired });
    return repaired ? copy! : recording;
  }
}

async function compare(
  store: BlobStore,
  { key, sha256 }: ExpectedBlob,
): Promise<'right' | 'missing' | 'changed'> {
  const hash = createHash('sha256');
  try {
    await pipeline(await store.open(key), hash);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return 'missing';
    // A disk that cannot read a block, a network that breaks off: as good as changed.
    return 'changed';
  }
  return hash.digest('hex') === sha256 ? 'right' : 'changed';
}

async function put(blobs: BlobStore, second: FolderBlobStore, key: string): Promise<void> {
  await blobs.put(key, await second.get(key), { durable: true });
}
