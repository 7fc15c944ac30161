import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBox } from '#platform/mp4/box.ts';
import { type IndexRecord, type SegmentRecord, segmentName } from '#protocol/recording-index.ts';
import { SegmentIndex } from '../../recorder/src/index/segment-index.ts';
import { openDatabase } from '../../signaling/src/database/database.ts';

/**
 * Makes a running lesson of a stopped platform `lengthMs` old, in seconds instead of in real time: the
 * lesson's beginning is moved back in the database, and the time in between is filled with copies of the
 * segments that the lesson really recorded, each with the number and decode time of its new place, listed in
 * the recorder's index by the recorder's own code. A platform that starts on this finds what a crash would
 * have left it and goes on with the lesson.
 */
export async function lengthen(dataDir: string, lessonId: string, lengthMs: number): Promise<void> {
  const epochMs = Date.now() - lengthMs;
  const recordingId = await moveBeginning(dataDir, lessonId, epochMs);
  const folder = join(dataDir, 'blobs/recordings', recordingId);
  const path = join(folder, 'index.ndjson');
  const { index: old, records } = await SegmentIndex.open(path);
  await old.close();
  const { index } = await SegmentIndex.open(`${path}.longer`);
  for (const record of records) {
    if (record.type === 'recording') index.owe({ ...record, epochMs });
    else if (record.type !== 'segment') index.owe(record);
  }
  const rungs = Map.groupBy(records.filter(isSegment), ({ trackId, rungId }) => join(trackId, rungId));
  for (const [name, segments] of rungs) {
    const written = await repeat(join(folder, name), segments, lengthMs);
    await Promise.all(written.map((record) => index.append(record)));
  }
  await index.close();
  await rename(`${path}.longer`, path);
}

const isSegment = (record: IndexRecord): record is SegmentRecord => record.type === 'segment';

/** Writes copies of a rung's real segments, one after the other, until less than one more fits. */
async function repeat(folder: string, segments: SegmentRecord[], lengthMs: number): Promise<SegmentRecord[]> {
  const real = segments.filter(({ filler, key }) => !filler && key);
  if (real.length === 0) throw new Error(`${folder} holds no segment of media`);
  const files = await Promise.all(real.map((record) => readFile(join(folder, segmentName(record)))));
  for (const record of segments) await rm(join(folder, segmentName(record)), { force: true });
  // Video counts 90,000 ticks a second and sound 48,000; a segment is about two seconds of either.
  const timescale = real[0]!.duration > 140_000 ? 90_000 : 48_000;
  const end = (lengthMs / 1000) * timescale;
  const written: SegmentRecord[] = [];
  for (let start = 0; ; ) {
    const number = written.length;
    const like = real[number % real.length]!;
    if (start + like.duration > end) return written;
    const data = Buffer.from(files[number % files.length]!);
    findBox(data, ['moof', 'mfhd'])!.writeUInt32BE(number + 1, 4);
    findBox(data, ['moof', 'traf', 'tfdt'])!.writeBigUInt64BE(BigInt(start), 4);
    await writeFile(join(folder, segmentName({ ...like, number })), data);
    const sha256 = createHash('sha256').update(data).digest('hex');
    written.push({ ...like, number, start, bytes: data.length, sha256 });
    start += like.duration;
  }
}

/** @returns the recording's id */
async function moveBeginning(dataDir: string, lessonId: string, epochMs: number): Promise<string> {
  const { db, close } = await openDatabase(join(dataDir, 'database'));
  try {
    const { id } = await db
      .updateTable('recording')
      .set({ epoch: new Date(epochMs) })
      .where('lesson_id', '=', lessonId)
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .updateTable('timeline_event')
      .set({ body: JSON.stringify({ type: 'recording.started', recordingId: id, epochMs }) })
      .where('lesson_id', '=', lessonId)
      .where('type', '=', 'recording.started')
      .execute();
    return id;
  } finally {
    await close();
  }
}
