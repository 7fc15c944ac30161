import { findBox } from './box.ts';
import { fragment, type Sample } from './fragment.ts';

const SYNC = 0x02000000;
/** Bytes of `trun` before its rows: version and flags, sample count, data offset. */
const TRUN_HEAD = 12;
const ROW = 12;

/** A segment made by {@link fragment}, taken apart. Throws RangeError when it is torn or another's make. */
export function readFragment(file: Buffer): { start: number; samples: Sample[] } {
  const time = findBox(file, ['moof', 'traf', 'tfdt']);
  const run = findBox(file, ['moof', 'traf', 'trun']);
  const media = findBox(file, ['mdat']);
  if (!time || !run || !media || run.readUInt32BE(0) !== 0x000701)
    throw new RangeError('not a segment of ours');
  const count = run.readUInt32BE(4);
  const samples: Sample[] = [];
  let at = 0;
  for (let row = TRUN_HEAD; samples.length < count; row += ROW) {
    const bytes = run.readUInt32BE(row + 4);
    if (at + bytes > media.length) throw new RangeError('a torn segment');
    samples.push({
      duration: run.readUInt32BE(row),
      data: media.subarray(at, at + bytes),
      sync: run.readUInt32BE(row + 8) === SYNC,
    });
    at += bytes;
  }
  return { start: Number(time.readBigUInt64BE(4)), samples };
}

export interface Replacement {
  sequence: number;
  /** Decode time of its first sample in the new place, ticks. */
  start: number;
  /** Which of the source's samples are kept: those that begin within `[from, until)`, source ticks. */
  from: number;
  until: number;
}

/** The same samples at another time, and fewer of them where the cut says so. */
export function moveFragment(file: Buffer, { sequence, start, from, until }: Replacement): Buffer[] {
  const source = readFragment(file);
  const samples: Sample[] = [];
  let at = source.start;
  let first: number | null = null;
  for (const sample of source.samples) {
    if (at >= from && at < until) {
      first ??= at;
      // The last picture before a cut ends with it: what follows begins there.
      const duration = Math.min(sample.duration, until - at);
      samples.push({ ...sample, duration });
    }
    at += sample.duration;
  }
  return fragment(sequence, start + Math.max(0, (first ?? from) - from), samples);
}
