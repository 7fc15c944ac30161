import { BitReader } from './bit-reader.ts';
import { u32 } from './box.ts';

/** What a decoder must know before the first picture: one SPS and the PPSs that refer to it (H.264 §7.3.2). */
export interface ParameterSets {
  /** Equal keys mean equal bytes, so one init segment serves both. */
  key: string;
  sps: Buffer;
  pps: Buffer[];
  /** In pixels, cropping applied. */
  width: number;
  height: number;
  /** RFC 6381, e.g. `avc1.42e01f`. */
  codec: string;
}

export function makeParameterSets(sps: Buffer, pps: Buffer[]): ParameterSets {
  const { width, height } = readSps(sps);
  const key = [sps, ...pps].map((unit) => unit.toString('base64')).join('.');
  return { key, sps, pps, width, height, codec: `avc1.${sps.subarray(1, 4).toString('hex')}` };
}

/**
 * `picture` (an IDR in fMP4 form) with its parameter sets in front. The init segment has them too, as `avc1`
 * wants; but readers that do not follow a changed EXT-X-MAP (ffmpeg's HLS demuxer) go by these.
 */
export function withParameterSets({ sps, pps }: ParameterSets, picture: Buffer): Buffer {
  const parts = [sps, ...pps].flatMap((unit) => [u32(unit.length), unit]);
  return Buffer.concat([...parts, picture]);
}

const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Reads an SPS as far as the cropping rectangle. Throws RangeError when it is torn. */
export function readSps(sps: Buffer): { id: number; width: number; height: number } {
  const reader = new BitReader(sps);
  const profile = reader.bits(8);
  reader.bits(16);
  const id = reader.ue();
  const chroma = HIGH_PROFILES.has(profile) ? readHighProfile(reader) : 1;
  reader.ue();
  skipPictureOrder(reader);
  reader.ue();
  reader.bits(1);
  const columns = reader.ue() + 1;
  const rows = reader.ue() + 1;
  const frames = reader.bits(1);
  if (!frames) reader.bits(1);
  reader.bits(1);
  const crop = reader.bits(1) ? [reader.ue(), reader.ue(), reader.ue(), reader.ue()] : [0, 0, 0, 0];
  const cropX = chroma === 1 || chroma === 2 ? 2 : 1;
  const cropY = (chroma === 1 ? 2 : 1) * (2 - frames);
  return {
    id,
    width: columns * 16 - cropX * (crop[0]! + crop[1]!),
    height: rows * 16 * (2 - frames) - cropY * (crop[2]! + crop[3]!),
  };
}

export function readPpsIds(pps: Buffer): { id: number; spsId: number } {
  const reader = new BitReader(pps, 16);
  return { id: reader.ue(), spsId: reader.ue() };
}

/** The PPS a slice refers to: first_mb_in_slice and slice_type stand before it. */
export function readSlicePpsId(slice: Buffer): number {
  const reader = new BitReader(slice, 32);
  reader.ue();
  reader.ue();
  return reader.ue();
}

function readHighProfile(reader: BitReader): number {
  const chroma = reader.ue();
  if (chroma === 3) reader.bits(1);
  reader.ue();
  reader.ue();
  reader.bits(1);
  if (reader.bits(1)) {
    for (let list = 0; list < (chroma === 3 ? 12 : 8); list++) {
      if (reader.bits(1)) skipScalingList(reader, list < 6 ? 16 : 64);
    }
  }
  return chroma;
}

function skipScalingList(reader: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let index = 0; index < size; index++) {
    if (next !== 0) next = (last + reader.se() + 256) % 256;
    last = next === 0 ? last : next;
  }
}

function skipPictureOrder(reader: BitReader): void {
  const type = reader.ue();
  if (type === 0) reader.ue();
  if (type !== 1) return;
  reader.bits(1);
  reader.se();
  reader.se();
  const cycle = reader.ue();
  for (let index = 0; index < cycle; index++) reader.se();
}
