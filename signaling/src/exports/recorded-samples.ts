import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { findBox } from '#platform/mp4/box.ts';
import type { Sample } from '#platform/mp4/fragment.ts';
import type { RecordedRung, RecordingContents } from '#platform/recording-index.ts';
import { AppError } from '#protocol/errors.ts';
import { type InitRecord, initName, type SegmentRecord, segmentName } from '#protocol/recording-index.ts';

/** A sample with its own time, in ticks of its track's lesson time. */
export interface TimedSample extends Sample {
  time: number;
}

/** `fullBox` header of a trun with data offset and, for each sample, duration, size and flags. */
const TRUN = 0x00000701;
const SYNC_FLAGS = 0x02000000;
const ROW = 12;

/** The samples of a segment that the recorder wrote. @throws AppError EXPORT_FAILED for anything else. */
export function samplesOf(file: Buffer, start: number): TimedSample[] {
  const run = findBox(file, ['moof', 'traf', 'trun']);
  const media = findBox(file, ['mdat']);
  if (!run || !media || run.readUInt32BE(0) !== TRUN) throw torn();
  const count = run.readUInt32BE(4);
  const samples: TimedSample[] = [];
  let time = start;
  let at = 0;
  for (let index = 0; index < count; index++) {
    const row = 12 + index * ROW;
    const duration = run.readUInt32BE(row);
    const bytes = run.readUInt32BE(row + 4);
    if (at + bytes > media.length) throw torn();
    samples.push({
      time,
      duration,
      data: media.subarray(at, at + bytes),
      sync: run.readUInt32BE(row + 8) === SYNC_FLAGS,
    });
    time += duration;
    at += bytes;
  }
  return samples;
}

const torn = () => new AppError('EXPORT_FAILED', 'a segment is torn or not of our making');

/** One rung of one recorded track, with its files. */
export class RungFiles {
  readonly rung: RecordedRung;
  readonly #blobs: BlobStore;
  readonly #folder: string;

  /** The best picture, or the sound, of a track. @throws AppError EXPORT_FAILED when nothing of it was recorded. */
  static best(
    blobs: BlobStore,
    recordingId: string,
    contents: RecordingContents,
    trackId: string,
  ): RungFiles {
    const rungs = contents.feeds.get(trackId)?.rungs ?? [];
    const hasMedia = (rung: RecordedRung) => rung.segments.some(({ filler }) => !filler);
    const rung = rungs.findLast(hasMedia) ?? rungs.at(-1);
    if (!rung || rung.segments.length === 0)
      throw new AppError('EXPORT_FAILED', `nothing was recorded of track ${trackId}`);
    return new RungFiles(blobs, `recordings/${recordingId}/${trackId}/${rung.rungId}`, rung);
  }

  private constructor(blobs: BlobStore, folder: string, rung: RecordedRung) {
    this.#blobs = blobs;
    this.#folder = folder;
    this.rung = rung;
  }

  /** Segments that have a part within `[fromMs, toMs)`. */
  segments(fromMs: number, toMs: number): SegmentRecord[] {
    const [from, to] = [this.ticks(fromMs), this.ticks(toMs)];
    return this.rung.segments.filter(({ start, duration }) => start < to && start + duration > from);
  }

  ticks(ms: number): number {
    return Math.round((ms * this.rung.timescale) / 1000);
  }

  format(segment: SegmentRecord): InitRecord {
    return this.rung.inits.get(segment.init)!;
  }

  async init(number: number): Promise<Buffer> {
    return await this.#blobs.get(`${this.#folder}/${initName(number)}`);
  }

  async read(segment: SegmentRecord): Promise<TimedSample[]> {
    return samplesOf(await this.#blobs.get(`${this.#folder}/${segmentName(segment)}`), segment.start);
  }
}
