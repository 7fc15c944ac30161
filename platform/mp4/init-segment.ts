import { box, fullBox, u8, u16, u32 } from './box.ts';
import type { ParameterSets } from './parameter-sets.ts';

/** Ticks a second of each kind of track; `baseMediaDecodeTime` in these ticks is lesson time. */
export const VIDEO_TIMESCALE = 90_000;
export const AUDIO_TIMESCALE = 48_000;

const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const UNDETERMINED_LANGUAGE = 0x55c4;

/** CMAF header for one H.264 track (ISO/IEC 14496-15 §5.4). */
export function videoInit({ sps, pps, width, height }: ParameterSets): Buffer {
  const avcC = box(
    'avcC',
    u8(1, sps[1]!, sps[2]!, sps[3]!, 0xff, 0xe1),
    u16(sps.length),
    sps,
    u8(pps.length),
    ...pps.flatMap((unit) => [u16(unit.length), unit]),
  );
  const entry = box(
    'avc1',
    u16(0, 0, 0, 1),
    Buffer.alloc(16),
    u16(width, height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
    u16(0x18, 0xffff),
    avcC,
  );
  return init(VIDEO_TIMESCALE, 'vide', fullBox('vmhd', 0, 1, u16(0, 0, 0, 0)), entry, width, height);
}

/**
 * CMAF header for one Opus track ("Encapsulation of Opus in ISO Base Media File Format" §4.3). Pre-skip is 0:
 * what comes by RTP has been playing for a while, and nothing may be cut from the timeline's start.
 */
export function audioInit(channels: number): Buffer {
  const dOps = box('dOps', u8(0, channels), u16(0), u32(AUDIO_TIMESCALE), u16(0), u8(0));
  const entry = box(
    'Opus',
    u16(0, 0, 0, 1),
    u32(0, 0),
    u16(channels, 16, 0, 0),
    u32(AUDIO_TIMESCALE * 0x10000),
    dOps,
  );
  return soundInit(entry);
}

/** CMAF header for one track of sound with this sample entry. */
export function soundInit(entry: Buffer): Buffer {
  return init(AUDIO_TIMESCALE, 'soun', fullBox('smhd', 0, 0, u16(0, 0)), entry, 0, 0);
}

/** The SPS and PPSs of a header written by {@link videoInit}; undefined when it is not one. */
export function readAvcC(file: Buffer): { sps: Buffer; pps: Buffer[] } | undefined {
  const at = file.indexOf('avcC', 0, 'latin1');
  if (at < 0) return undefined;
  const body = file.subarray(at + 4);
  const spsBytes = body.readUInt16BE(6);
  const sps = body.subarray(8, 8 + spsBytes);
  const pps: Buffer[] = [];
  let offset = 8 + spsBytes;
  const count = body[offset++] ?? 0;
  for (let index = 0; index < count; index++) {
    const bytes = body.readUInt16BE(offset);
    pps.push(body.subarray(offset + 2, offset + 2 + bytes));
    offset += 2 + bytes;
  }
  return { sps, pps };
}

function init(
  timescale: number,
  handler: 'vide' | 'soun',
  mediaHeader: Buffer,
  entry: Buffer,
  width: number,
  height: number,
): Buffer {
  const volume = handler === 'soun' ? 0x0100 : 0;
  const mvhd = fullBox(
    'mvhd',
    0,
    0,
    u32(0, 0, timescale, 0, 0x10000),
    u16(0x0100, 0),
    u32(0, 0),
    MATRIX,
    Buffer.alloc(24),
    u32(2),
  );
  const tkhd = fullBox(
    'tkhd',
    0,
    3,
    u32(0, 0, 1, 0, 0, 0, 0),
    u16(0, 0, volume, 0),
    MATRIX,
    u32(width * 0x10000, height * 0x10000),
  );
  const mdhd = fullBox('mdhd', 0, 0, u32(0, 0, timescale, 0), u16(UNDETERMINED_LANGUAGE, 0));
  const hdlr = fullBox('hdlr', 0, 0, u32(0), Buffer.from(handler), u32(0, 0, 0), Buffer.from('\0'));
  const dinf = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const stbl = box(
    'stbl',
    fullBox('stsd', 0, 0, u32(1), entry),
    fullBox('stts', 0, 0, u32(0)),
    fullBox('stsc', 0, 0, u32(0)),
    fullBox('stsz', 0, 0, u32(0, 0)),
    fullBox('stco', 0, 0, u32(0)),
  );
  const mdia = box('mdia', mdhd, hdlr, box('minf', mediaHeader, dinf, stbl));
  const mvex = box('mvex', fullBox('trex', 0, 0, u32(1, 1, 0, 0, 0)));
  return Buffer.concat([
    box('ftyp', Buffer.from('iso6'), u32(0), Buffer.from('iso6cmfcmp41')),
    box('moov', mvhd, box('trak', tkhd, mdia), mvex),
  ]);
}
