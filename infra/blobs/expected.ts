import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { contentsOf, type RecordingContents, readIndex } from '#platform/recording-index.ts';
import { initName, segmentName } from '#protocol/recording-index.ts';
import type { Db } from '../../signaling/src/database/database.ts';

/** A blob that must be there, and what it must be. */
export interface ExpectedBlob {
  key: string;
  sha256: string;
  bytes: number;
}

export const indexKey = (recordingId: string) => `recordings/${recordingId}/index.ndjson`;

/** Ids of all recordings that have an index in the store. */
export async function recordingsIn(blobs: BlobStore): Promise<string[]> {
  const keys = await blobs.list('recordings');
  return keys.flatMap((key) => /^recordings\/([^/]+)\/index\.ndjson$/.exec(key)?.[1] ?? []);
}

export interface ReadRecording {
  recordingId: string;
  /** As its index says; null when the index holds no whole line. */
  names: { lessonId: string; epochMs: number } | null;
  contents: RecordingContents;
  /** Whether the index ends with a whole line. */
  whole: boolean;
}

export async function readRecording(blobs: BlobStore, recordingId: string): Promise<ReadRecording> {
  const data = await blobs.get(indexKey(recordingId));
  const { records, bytes } = readIndex(data);
  const first = records.find((record) => record.type === 'recording');
  return {
    recordingId,
    names: first ? { lessonId: first.lessonId, epochMs: first.epochMs } : null,
    contents: contentsOf(records),
    whole: first !== undefined && bytes === data.length,
  };
}

/** Init segments and segments of a recording, by its index. */
export function filesOf({ recordingId, contents }: ReadRecording): ExpectedBlob[] {
  return [...contents.feeds.values()].flatMap(({ track, rungs }) =>
    rungs.flatMap(({ rungId, inits, segments }) => {
      const key = (name: string) => `recordings/${recordingId}/${track.trackId}/${rungId}/${name}`;
      return [
        ...[...inits.values()].map(({ init, sha256, bytes }) => ({
          key: key(initName(init)),
          sha256,
          bytes,
        })),
        ...segments.map((segment) => ({
          key: key(segmentName(segment)),
          sha256: segment.sha256,
          bytes: segment.bytes,
        })),
      ];
    }),
  );
}

/** Files of resources and of finished jobs, by their rows. */
export async function filesInRows(db: Db): Promise<ExpectedBlob[]> {
  const files = await db.selectFrom('resource_file').select(['blob_key', 'sha256', 'bytes']).execute();
  const results = await db
    .selectFrom('job')
    .select(['result_key', 'result_sha256', 'result_bytes'])
    .where('state', '=', 'done')
    .execute();
  return [
    ...files.map(({ blob_key, sha256, bytes }) => ({ key: blob_key, sha256, bytes: Number(bytes) })),
    ...results.flatMap(({ result_key: key, result_sha256: sha256, result_bytes }) =>
      key && sha256 ? [{ key, sha256, bytes: Number(result_bytes) }] : [],
    ),
  ];
}
