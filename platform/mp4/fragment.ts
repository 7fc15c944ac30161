import { box, findBox, fullBox, u32, u64 } from './box.ts';

/** One coded picture or audio packet. Durations are in the track's timescale. */
export interface Sample {
  data: Buffer;
  duration: number;
  /** Decoding may start here. */
  sync: boolean;
}

const SYNC = 0x02000000;
const NON_SYNC = 0x01010000;
const MOOF_OVERHEAD = 8 + 16 + 8 + 16 + 20 + 20;

/**
 * One media segment: styp, moof, mdat (ISO/IEC 14496-12 §8.8). `start` is lesson time in the track's
 * timescale. Returned in pieces, so that the pictures are not copied once more.
 */
export function fragment(sequence: number, start: number, samples: Sample[]): Buffer[] {
  const rows = Buffer.allocUnsafe(samples.length * 12);
  let mediaBytes = 0;
  samples.forEach((sample, index) => {
    rows.writeUInt32BE(sample.duration, index * 12);
    rows.writeUInt32BE(sample.data.length, index * 12 + 4);
    rows.writeUInt32BE(sample.sync ? SYNC : NON_SYNC, index * 12 + 8);
    mediaBytes += sample.data.length;
  });
  const dataOffset = MOOF_OVERHEAD + rows.length + 8;
  const moof = box(
    'moof',
    fullBox('mfhd', 0, 0, u32(sequence + 1)),
    box(
      'traf',
      fullBox('tfhd', 0, 0x020000, u32(1)),
      fullBox('tfdt', 1, 0, u64(start)),
      fullBox('trun', 0, 0x000701, u32(samples.length, dataOffset), rows),
    ),
  );
  const mdat = Buffer.allocUnsafe(8);
  mdat.writeUInt32BE(8 + mediaBytes, 0);
  mdat.write('mdat', 4, 'latin1');
  const styp = box('styp', Buffer.from('msdh'), u32(0), Buffer.from('msdhmsixcmfs'));
  return [styp, moof, mdat, ...samples.map((sample) => sample.data)];
}

/** The first sample of a segment made by {@link fragment}, if decoding may start there. */
export function firstSyncSample(file: Buffer): Buffer | undefined {
  const run = findBox(file, ['moof', 'traf', 'trun']);
  const media = findBox(file, ['mdat']);
  if (!run || !media || run.length < 24) return undefined;
  const bytes = run.readUInt32BE(16);
  if (run.readUInt32BE(20) !== SYNC || bytes > media.length) return undefined;
  return media.subarray(0, bytes);
}
