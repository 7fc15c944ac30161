import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Track } from '#protocol/recorder-node.ts';
import type { IndexRecord, InitRecord, SegmentRecord } from '#protocol/recording-index.ts';

/** What an earlier process knew of one rung. */
export interface FoundRung {
  rungId: string;
  inits: InitRecord[];
  segments: SegmentRecord[];
}

export interface FoundTrack {
  info: Track;
  rungs: FoundRung[];
}

/** Sorts an index's records by track and rung; of two segments with one number the later counts. */
export function sortRecords(records: IndexRecord[]): { tracks: FoundTrack[]; endMs: number | undefined } {
  const tracks = new Map<string, { info: Track; rungIds: string[] }>();
  const inits = new Map<string, InitRecord[]>();
  const segments = new Map<string, Map<number, SegmentRecord>>();
  let endMs: number | undefined;
  const keyOf = ({ trackId, rungId }: { trackId: string; rungId: string }) => `${trackId}/${rungId}`;
  for (const record of records) {
    switch (record.type) {
      case 'track':
        tracks.set(record.track.trackId, { info: record.track, rungIds: record.rungIds });
        break;
      case 'init':
        inits.set(keyOf(record), [...(inits.get(keyOf(record)) ?? []), record]);
        break;
      case 'segment': {
        const known = segments.get(keyOf(record)) ?? new Map<number, SegmentRecord>();
        segments.set(keyOf(record), known.set(record.number, record));
        break;
      }
      case 'end':
        endMs = record.durationMs;
    }
  }
  const rungOf = (trackId: string, rungId: string): FoundRung => ({
    rungId,
    inits: inits.get(keyOf({ trackId, rungId })) ?? [],
    segments: [...(segments.get(keyOf({ trackId, rungId }))?.values() ?? [])],
  });
  const found = [...tracks.values()].map(({ info, rungIds }) => ({
    info,
    rungs: rungIds.map((rungId) => rungOf(info.trackId, rungId)),
  }));
  return { tracks: found, endMs };
}

/** Removes temporary files of writes that a `kill -9` cut short. */
export async function removeTemporaries(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.name.startsWith('.') && entry.name.endsWith('.tmp'))
      await rm(join(entry.parentPath, entry.name));
  }
}
