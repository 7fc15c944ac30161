import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { RecordedFeed } from '#platform/recording-index.ts';
import type { RecordedTrack } from '#protocol/recorder-node.ts';
import type { Span } from '#protocol/rest.ts';
import type { Db } from '../../signaling/src/database/database.ts';
import { ResourceRepository } from '../../signaling/src/resource/resource-repository.ts';
import { RecordingRepository } from '../../signaling/src/room/recording-repository.ts';
import { filesInRows, filesOf, type ReadRecording, readRecording, recordingsIn } from './expected.ts';

export interface OrphanReport {
  /** Recordings that had no row, or one that did not know of the bell, and have one now. */
  adopted: string[];
  /** Recordings without a row that cannot be adopted, and why. */
  homeless: { recordingId: string; why: 'noLesson' | 'lessonHasAnother' | 'notFinished' | 'tornIndex' }[];
  /** Files of recordings that no index names, and of others that no row names. */
  unknownBlobs: string[];
  /** Rows whose recording has no index in the store. */
  emptyRecordings: string[];
  /** Blobs that rows name and that are not there. */
  missingBlobs: string[];
}

/** Compares what the store holds with what the rows say, and adopts recordings that only the store knows of. */
export async function findOrphans(blobs: BlobStore, db: Db, adopt: boolean): Promise<OrphanReport> {
  const report: OrphanReport = {
    ...{ adopted: [], homeless: [], unknownBlobs: [], emptyRecordings: [], missingBlobs: [] },
  };
  const rows = new Map(
    (await db.selectFrom('recording').select(['id', 'finalized_at']).execute()).map((row) => [row.id, row]),
  );
  const found = await recordingsIn(blobs);
  const all = await blobs.list('recordings');
  for (const recordingId of found) {
    const recording = await readRecording(blobs, recordingId);
    const row = rows.get(recordingId);
    if (!row || (row.finalized_at === null && recording.contents.durationMs !== null)) {
      const why = await homelessness(db, recording, row !== undefined);
      if (why) report.homeless.push({ recordingId, why });
      else {
        if (adopt) await adoptRecording(db, recording);
        report.adopted.push(recordingId);
      }
    }
    if (recording.contents.durationMs !== null) {
      const known = new Set(filesOf(recording).map(({ key }) => key));
      const own = all.filter((key) => key.startsWith(`recordings/${recordingId}/`));
      // The mixed voices are made from the recording and have a listing of their own.
      const isStray = (key: string) => !known.has(key) && !key.startsWith(`recordings/${recordingId}/mix/`);
      report.unknownBlobs.push(...own.filter((key) => /\.(m4s|mp4)$/.test(key) && isStray(key)));
    }
  }
  report.emptyRecordings = [...rows.keys()].filter((id) => !found.includes(id));
  for (const { key } of await filesInRows(db)) {
    const there = await blobs.info(key).catch(() => null);
    if (!there) report.missingBlobs.push(key);
  }
  report.unknownBlobs.push(...(await withoutRows(blobs, db)));
  if (adopt && report.adopted.length > 0) await new ResourceRepository(db).draftReplays();
  return report;
}

async function homelessness(
  db: Db,
  { names, contents, whole }: ReadRecording,
  hasRow: boolean,
): Promise<OrphanReport['homeless'][number]['why'] | null> {
  if (!names || !whole) return 'tornIndex';
  if (contents.durationMs === null) return 'notFinished';
  const lesson = await db
    .selectFrom('lesson')
    .leftJoin('recording', 'recording.lesson_id', 'lesson.id')
    .select(['lesson.id', 'recording.id as recordingId'])
    .where('lesson.id', '=', names.lessonId)
    .executeTakeFirst();
  if (!lesson) return 'noLesson';
  return lesson.recordingId && !hasRow ? 'lessonHasAnother' : null;
}

async function adoptRecording(db: Db, { recordingId, names, contents }: ReadRecording): Promise<void> {
  const repository = new RecordingRepository(db);
  await repository.createOnce(recordingId, names!.lessonId, names!.epochMs);
  const tracks = [...contents.feeds.values()].map(
    (feed): RecordedTrack => ({
      ...feed.track,
      playlist: `${feed.track.trackId}/master.m3u8`,
      spans: spansOf(feed),
    }),
  );
  await repository.finalize(recordingId, contents.durationMs!, tracks);
  await db
    .updateTable('lesson')
    .set({ state: 'ready' })
    .where('id', '=', names!.lessonId)
    .where('state', 'in', ['live', 'ended'])
    .execute();
}

/** Where there is media on any rung, in order and merged; as the recorder tells it. */
export function spansOf({ rungs }: RecordedFeed): Span[] {
  const spans: Span[] = [];
  const all = rungs
    .flatMap(({ timescale, segments }) =>
      segments
        .filter(({ filler }) => !filler)
        .map(({ start, duration }) => ({
          fromMs: (start * 1000) / timescale,
          toMs: ((start + duration) * 1000) / timescale,
        })),
    )
    .toSorted((a, b) => a.fromMs - b.fromMs);
  for (const span of all) {
    const last = spans.at(-1);
    if (last && span.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, span.toMs);
    else spans.push({ ...span });
  }
  return spans;
}

/** Exports, resources' files and courseware whose owner has no row. */
async function withoutRows(blobs: BlobStore, db: Db): Promise<string[]> {
  const ids = async (table: 'job' | 'resource' | 'lesson') =>
    new Set((await db.selectFrom(table).select('id').execute()).map(({ id }) => id as string));
  const owners = {
    exports: await ids('job'),
    resources: await ids('resource'),
    courseware: await ids('lesson'),
  };
  const unknown: string[] = [];
  for (const [folder, known] of Object.entries(owners)) {
    const keys = await blobs.list(folder);
    unknown.push(...keys.filter((key) => !known.has(key.split('/')[1] ?? '')));
  }
  return unknown;
}
