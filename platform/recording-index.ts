import { crc32 } from 'node:zlib';
import type { Track } from '#protocol/recorder-node.ts';
import { IndexRecord, type InitRecord, type SegmentRecord } from '#protocol/recording-index.ts';
import { AUDIO_TIMESCALE, VIDEO_TIMESCALE } from './mp4/init-segment.ts';

/* The index of a recording as text: lines of `{"crc":"xxxxxxxx","record":{…}}`, the CRC-32 being of the record's. */

export function writeIndexLine(record: IndexRecord): string {
  const text = JSON.stringify(record);
  return `{"crc":"${checksum(text)}","record":${text}}\n`;
}

const checksum = (text: string) => crc32(text).toString(16).padStart(8, '0');
const PREFIX = '{"crc":"'.length;
const RECORD = PREFIX + 8 + '","record":'.length;

/** The whole lines from the start of the file, and how many bytes they take; it ends at the first torn one. */
export function readIndex(data: Buffer): { records: IndexRecord[]; bytes: number } {
  const records: IndexRecord[] = [];
  let bytes = 0;
  for (;;) {
    const end = data.indexOf(0x0a, bytes);
    if (end < 0) break;
    const record = readLine(data.toString('utf8', bytes, end));
    if (!record) break;
    records.push(record);
    bytes = end + 1;
  }
  return { records, bytes };
}

function readLine(line: string): IndexRecord | undefined {
  const text = line.slice(RECORD, -1);
  if (line.slice(PREFIX, PREFIX + 8) !== checksum(text)) return undefined;
  const parsed = IndexRecord.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

export interface RecordedRung {
  readonly rungId: string;
  /** Ticks a second of its segments' times. */
  readonly timescale: number;
  readonly inits: ReadonlyMap<number, InitRecord>;
  /** In order of time, without holes, from 0. */
  readonly segments: readonly SegmentRecord[];
}

export interface RecordedFeed {
  readonly track: Track;
  /** From the smallest layer up. */
  readonly rungs: readonly RecordedRung[];
}

export interface RecordingContents {
  readonly feeds: ReadonlyMap<string, RecordedFeed>;
  /** Null while it runs. */
  readonly durationMs: number | null;
}

/** What a recording is made of, by its index. */
export function contentsOf(records: readonly IndexRecord[]): RecordingContents {
  const feeds = new Map<string, RecordedFeed>();
  const rungs = new Map<string, { inits: Map<number, InitRecord>; segments: Map<number, SegmentRecord> }>();
  const rungOf = (trackId: string, rungId: string) => {
    const key = `${trackId}/${rungId}`;
    const known = rungs.get(key) ?? { inits: new Map(), segments: new Map() };
    rungs.set(key, known);
    return known;
  };
  let durationMs: number | null = null;
  for (const record of records) {
    if (record.type === 'end') durationMs = record.durationMs;
    if (record.type === 'init') rungOf(record.trackId, record.rungId).inits.set(record.init, record);
    if (record.type === 'segment') rungOf(record.trackId, record.rungId).segments.set(record.number, record);
    if (record.type === 'track') feeds.set(record.track.trackId, { track: record.track, rungs: [] });
  }
  const end = durationMs;
  for (const record of records) {
    if (record.type !== 'track') continue;
    const { track, rungIds } = record;
    const timescale = track.kind === 'video' ? VIDEO_TIMESCALE : AUDIO_TIMESCALE;
    feeds.set(track.trackId, {
      track,
      rungs: rungIds.map((rungId) => {
        const { inits, segments } = rungOf(track.trackId, rungId);
        // What the recorder took back because the bell had rung before it.
        const kept = [...segments.values()].filter(
          ({ start }) => end === null || (start * 1_000) / timescale < end,
        );
        return { rungId, timescale, inits, segments: kept.toSorted((a, b) => a.number - b.number) };
      }),
    });
  }
  return { feeds, durationMs };
}
