import { makeParameterSets, type ParameterSets } from '#platform/mp4/parameter-sets.ts';

/** A picture out of an FLV stream, in fMP4 form. */
export interface FlvFrame {
  /** Milliseconds since the stream's first picture. */
  timeMs: number;
  key: boolean;
  data: Buffer;
  parameters: ParameterSets | undefined;
}

const FILE_HEADER = 9 + 4;
const TAG_HEADER = 11;
const TAG_VIDEO = 9;
const AVC = 7;
const NAL_IDR = 5;

/**
 * Takes the H.264 pictures out of ffmpeg's FLV as it comes through a pipe (Adobe FLV 10.1, annex E). FLV
 * because each picture leaves ffmpeg whole, stamped and at once; fMP4 would hold it until the next one.
 */
export class FlvReader {
  readonly #emit: (frame: FlvFrame) => void;
  #rest: Buffer = Buffer.alloc(0);
  #header = false;
  #parameters: ParameterSets | undefined;

  constructor(emit: (frame: FlvFrame) => void) {
    this.#emit = emit;
  }

  push(chunk: Buffer): void {
    const data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    if (!this.#header && data.length >= FILE_HEADER) {
      this.#header = true;
      at = FILE_HEADER;
    }
    while (this.#header && at + TAG_HEADER <= data.length) {
      const bytes = data.readUIntBE(at + 1, 3);
      const end = at + TAG_HEADER + bytes + 4;
      if (end > data.length) break;
      const timeMs = data.readUIntBE(at + 4, 3) + data[at + 7]! * 0x1000000;
      if (data[at] === TAG_VIDEO) this.#video(data.subarray(at + TAG_HEADER, end - 4), timeMs);
      at = end;
    }
    this.#rest = Buffer.from(data.subarray(at));
  }

  #video(body: Buffer, timeMs: number): void {
    if (body.length < 5 || (body[0]! & 0x0f) !== AVC) return;
    if (body[1] === 0) this.#configuration(body.subarray(5));
    if (body[1] !== 1) return;
    const data = withoutParameterSets(body.subarray(5));
    const key = body[0]! >> 4 === 1;
    if (data.length > 0) this.#emit({ timeMs, key, data, parameters: key ? this.#parameters : undefined });
  }

  /** AVCDecoderConfigurationRecord with one SPS and one PPS, as x264 writes it. */
  #configuration(avcC: Buffer): void {
    const spsBytes = avcC.readUInt16BE(6);
    const sps = Buffer.from(avcC.subarray(8, 8 + spsBytes));
    const at = 8 + spsBytes + 1;
    const pps = Buffer.from(avcC.subarray(at + 2, at + 2 + avcC.readUInt16BE(at)));
    this.#parameters = makeParameterSets(sps, [pps]);
  }
}

function withoutParameterSets(data: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; at + 4 < data.length; ) {
    const end = at + 4 + data.readUInt32BE(at);
    if (end > data.length) break;
    if ((data[at + 4]! & 0x1f) <= NAL_IDR) kept.push(data.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}
