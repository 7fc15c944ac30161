import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { fragment, type Sample } from '#platform/mp4/fragment.ts';
import { AUDIO_TIMESCALE, audioInit, VIDEO_TIMESCALE } from '#platform/mp4/init-segment.ts';
import type { RecordingContents } from '#platform/recording-index.ts';
import { AppError } from '#protocol/errors.ts';
import type { InitRecord, SegmentRecord } from '#protocol/recording-index.ts';
import type { Piece, Sound } from './plan.ts';
import { RungFiles, type TimedSample } from './recorded-samples.ts';

/*
 * Recorded samples in their places on the export's own time: what ffmpeg is given to copy or to decode. Times are
 * exact to the sample, so that nothing drifts over any number of joints.
 */

export type Recordings = ReadonlyMap<string, RecordingContents>;

const FRAGMENT_SAMPLES = 100;
const ticksOf = (ms: number, timescale: number) => Math.round((ms * timescale) / 1000);

export const lengthOf = (parts: readonly { fromMs: number; toMs: number }[]): number =>
  parts.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/** Pictures of one size and profile, which one decoder takes one after the other. */
export type Format = Pick<InitRecord, 'codec' | 'width' | 'height'>;
export const isFormat = (a: Format, b: Format): boolean =>
  a.codec === b.codec && a.width === b.width && a.height === b.height;

export function filesOf(
  blobs: BlobStore,
  recordings: Recordings,
  recordingId: string,
  trackId: string,
): RungFiles {
  const contents = recordings.get(recordingId);
  if (!contents) throw new AppError('EXPORT_FAILED', `recording ${recordingId} was not read`);
  return RungFiles.best(blobs, recordingId, contents, trackId);
}

/** The one format of all pieces, when they can be copied as they are: a single picture each, all alike. */
export function commonFormat(
  blobs: BlobStore,
  recordings: Recordings,
  pieces: readonly Piece[],
): Format | null {
  let common: Format | null = null;
  for (const { recordingId, fromMs, toMs, layout, trackIds } of pieces) {
    if (layout !== 'single' || trackIds.length !== 1) return null;
    const files = filesOf(blobs, recordings, recordingId, trackIds[0]!);
    const real = files.segments(fromMs, toMs).filter(({ filler }) => !filler);
    if (real.length === 0) return null;
    for (const segment of real) {
      const format = files.format(segment);
      common ??= format;
      if (!isFormat(common, format)) return null;
    }
  }
  return common;
}

/**
 * One H.264 stream of all pieces. A piece that does not begin at a key frame is preceded by the pictures that its
 * first one is made from, each shown for one tick (11 µs): the cut is exact and nothing is encoded again. Stand-ins
 * of another format (black, before a feed's first picture) are left out, and the picture before or after is held.
 */
export async function* copiedVideo(
  blobs: BlobStore,
  recordings: Recordings,
  pieces: readonly Piece[],
  format: Format,
): AsyncGenerator<Buffer> {
  const end = ticksOf(lengthOf(pieces), VIDEO_TIMESCALE);
  let sequence = 0;
  let batch: { time: number; data: Buffer; sync: boolean }[] = [];
  let begun = false;
  const flush = (next: number): Buffer[] => {
    // What comes first is shown from the very start.
    const start = sequence === 0 ? 0 : batch[0]!.time;
    const samples = batch.map(({ data, sync, time }, index): Sample => {
      const own = index === 0 ? start : time;
      return { data, sync, duration: (batch[index + 1]?.time ?? next) - own };
    });
    batch = [];
    return fragment(sequence++, start, samples);
  };
  for await (const placed of placedPictures(blobs, recordings, pieces, format)) {
    if (!begun) yield await placed.init();
    begun = true;
    if (batch.length >= FRAGMENT_SAMPLES) yield* flush(placed.time);
    batch.push(placed);
  }
  if (batch.length === 0) throw new AppError('EXPORT_EMPTY', 'there is no picture in it');
  yield* flush(Math.max(end, batch.at(-1)!.time + 1));
}

interface PlacedPicture {
  time: number;
  data: Buffer;
  sync: boolean;
  init(): Promise<Buffer>;
}

async function* placedPictures(
  blobs: BlobStore,
  recordings: Recordings,
  pieces: readonly Piece[],
  format: Format,
): AsyncGenerator<PlacedPicture> {
  let floor = 0;
  let beforeMs = 0;
  for (const { recordingId, fromMs, toMs, trackIds } of pieces) {
    const files = filesOf(blobs, recordings, recordingId, trackIds[0]!);
    const [place, from, to] = [ticksOf(beforeMs, VIDEO_TIMESCALE), files.ticks(fromMs), files.ticks(toMs)];
    let lead: TimedSample[] = [];
    let began = false;
    floor = Math.max(floor, place);
    for (const segment of fromKey(files, fromMs, toMs)) {
      if (segment.filler && !isFormat(files.format(segment), format)) continue;
      const init = () => files.init(segment.init);
      for (const sample of await files.read(segment)) {
        if (sample.time >= to) break;
        if (sample.sync) lead = [];
        if (sample.time + sample.duration <= from) {
          if (sample.sync || lead.length > 0) lead.push(sample);
          continue;
        }
        // Decoding begins at a key frame: what comes before the first one would be rubbish.
        if (!began && !sample.sync && lead.length === 0) continue;
        began = true;
        for (const { data, sync } of lead) yield { time: floor++, data, sync, init };
        lead = [];
        const { data, sync } = sample;
        floor = Math.max(floor, place + sample.time - from);
        yield { time: floor++, data, sync, init };
      }
    }
    beforeMs += toMs - fromMs;
  }
}

/** The segments of a stretch, and those before it that its first picture is made from. */
function fromKey(files: RungFiles, fromMs: number, toMs: number): SegmentRecord[] {
  const within = files.segments(fromMs, toMs);
  const { segments } = files.rung;
  let index = within[0] ? segments.indexOf(within[0]) : 0;
  while (index > 0 && !segments[index]!.key) index -= 1;
  return [...segments.slice(index, within[0] ? segments.indexOf(within[0]) : 0), ...within];
}

/** How many voices are heard at once at most. */
export const lanesOf = (sounds: readonly Sound[]): number =>
  Math.max(0, ...sounds.map(({ trackIds }) => trackIds.length));

/** One lane of voices as Opus in fMP4; where nobody is in it, nothing is. */
export async function* soundLane(
  blobs: BlobStore,
  recordings: Recordings,
  sounds: readonly Sound[],
  lane: number,
): AsyncGenerator<Buffer> {
  yield audioInit(2);
  let sequence = 0;
  let floor = 0;
  let beforeMs = 0;
  const batch: Sample[] = [];
  let start = 0;
  const flush = () => (batch.length > 0 ? fragment(sequence++, start, batch.splice(0)) : []);
  for (const { recordingId, fromMs, toMs, trackIds } of sounds) {
    const place = ticksOf(beforeMs, AUDIO_TIMESCALE);
    beforeMs += toMs - fromMs;
    const end = ticksOf(beforeMs, AUDIO_TIMESCALE);
    if (trackIds[lane] === undefined) continue;
    const files = filesOf(blobs, recordings, recordingId, trackIds[lane]);
    const from = files.ticks(fromMs);
    for (const segment of files.segments(fromMs, toMs)) {
      for (const { time, duration, data, sync } of await files.read(segment)) {
        // A packet belongs to where its middle is; joints are exact to half a packet (10 ms) and never add up.
        if (time + duration / 2 < from) continue;
        const at = Math.max(floor, place + time - from);
        if (at + duration / 2 >= end) break;
        if (at !== floor || batch.length >= FRAGMENT_SAMPLES) yield* flush();
        if (batch.length === 0) start = at;
        batch.push({ data, duration, sync });
        floor = at + duration;
      }
    }
  }
  yield* flush();
}
