import { box, fullBox, u8, u16, u32 } from './box.ts';
import { AUDIO_TIMESCALE, soundInit } from './init-segment.ts';

/** Sound of one AAC frame, in ticks of 48 kHz. */
export const AAC_FRAME = 1_024;

/** AAC-LC, 48 kHz, stereo (ISO/IEC 14496-3 §1.6.2.1). */
const AUDIO_SPECIFIC_CONFIG = u8(0x11, 0x90);

/** CMAF header for one AAC track as {@link readAdts}'s frames need it. `bitrate` in bit/s. */
export function aacInit(bitrate: number): Buffer {
  const decoder = Buffer.concat([
    u8(0x40, 0x15, 0, 0, 0),
    u32(bitrate, bitrate),
    descriptor(5, AUDIO_SPECIFIC_CONFIG),
  ]);
  const stream = Buffer.concat([u16(0), u8(0), descriptor(4, decoder), descriptor(6, u8(2))]);
  const entry = box(
    'mp4a',
    u16(0, 0, 0, 1),
    u32(0, 0),
    u16(2, 16, 0, 0),
    u32(AUDIO_TIMESCALE * 0x10000),
    fullBox('esds', 0, 0, descriptor(3, stream)),
  );
  return soundInit(entry);
}

/** The frames of an ADTS stream (ISO/IEC 13818-7 §6.2), without their headers. Ends at the first torn one. */
export function readAdts(file: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at + 7 <= file.length; ) {
    if (file.readUInt16BE(at) >> 4 !== 0xfff) break;
    const header = file[at + 1]! & 1 ? 7 : 9;
    const bytes = ((file[at + 3]! & 3) << 11) | (file[at + 4]! << 3) | (file[at + 5]! >> 5);
    if (bytes <= header || at + bytes > file.length) break;
    frames.push(file.subarray(at + header, at + bytes));
    at += bytes;
  }
  return frames;
}

/** A descriptor of fewer than 128 bytes (ISO/IEC 14496-1 §8.3.3). */
const descriptor = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([u8(tag, content.length), content]);
