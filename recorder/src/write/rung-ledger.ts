import {
  type GapCause,
  type InitRecord,
  initName,
  type SegmentRecord,
  segmentName,
} from '#protocol/recording-index.ts';
import { MediaPlaylist } from '../playlist/media-playlist.ts';

/** A stretch of media or of stand-ins, in ticks. `cause` is set for stand-ins. */
export interface Stretch {
  start: number;
  end: number;
  cause: GapCause | undefined;
}

/** What is listed of one rung: the sum of its index records, kept as they are appended or read back. */
export class RungLedger {
  readonly timescale: number;
  readonly #epochMs: number;
  playlist: MediaPlaylist;
  readonly inits = new Map<number, InitRecord>();
  readonly segments: SegmentRecord[] = [];
  readonly stretches: Stretch[] = [];
  /** The last segment that begins with a picture; the still is read from it after a restart. */
  lastKey: SegmentRecord | undefined;
  /** Format of the last real media; undefined while there were only stand-ins. */
  format: InitRecord | undefined;
  /** On the disk, stand-ins and init segments included. */
  bytes = 0;
  #mediaBytes = 0;
  #mediaTicks = 0;
  #peak = 0;

  constructor(timescale: number, epochMs: number) {
    this.timescale = timescale;
    this.#epochMs = epochMs;
    this.playlist = new MediaPlaylist(timescale, epochMs);
  }

  /** Where the listed segments end, in ticks; they begin at 0 and have no holes. */
  get end(): number {
    const last = this.segments.at(-1);
    return last ? last.start + last.duration : 0;
  }

  get nextNumber(): number {
    return this.segments.length;
  }

  /** bit/s over all media. */
  get averageBandwidth(): number {
    return this.#mediaTicks ? (this.#mediaBytes * 8 * this.timescale) / this.#mediaTicks : 0;
  }

  /** bit/s of the fattest segment of a full length. */
  get peakBandwidth(): number {
    return Math.max(this.#peak, this.averageBandwidth);
  }

  addInit(record: InitRecord): void {
    this.inits.set(record.init, record);
    this.bytes += record.bytes;
  }

  add(record: SegmentRecord): void {
    this.segments.push(record);
    this.playlist.add(record);
    this.#account(record);
  }

  /** Takes back what begins at or after `end` (ticks): the recorder learned late that the bell had rung. */
  dropFrom(end: number): void {
    const kept = this.segments.filter((record) => record.start < end);
    if (kept.length === this.segments.length) return;
    this.segments.length = 0;
    this.stretches.length = 0;
    this.playlist = new MediaPlaylist(this.timescale, this.#epochMs);
    for (const record of kept) this.add(record);
  }

  /** Names of the files that belong to this rung. */
  files(): Set<string> {
    return new Set([...[...this.inits.keys()].map(initName), ...this.segments.map(segmentName)]);
  }

  #account(record: SegmentRecord): void {
    this.bytes += record.bytes;
    if (record.key) this.lastKey = record;
    const end = record.start + record.duration;
    const last = this.stretches.at(-1);
    if (last && last.cause === record.filler) last.end = end;
    else this.stretches.push({ start: record.start, end, cause: record.filler });
    if (record.filler) return;
    this.format = this.inits.get(record.init);
    this.#mediaBytes += record.bytes;
    this.#mediaTicks += record.duration;
    const bandwidth = (record.bytes * 8 * this.timescale) / record.duration;
    if (record.duration >= this.timescale && bandwidth > this.#peak) this.#peak = bandwidth;
  }
}
