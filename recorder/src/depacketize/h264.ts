import {
  makeParameterSets,
  type ParameterSets,
  readPpsIds,
  readSlicePpsId,
  readSps,
} from '#platform/mp4/parameter-sets.ts';
import { AccessUnitBuffer } from './access-unit-buffer.ts';

/** One picture as fMP4 wants it: NAL units behind four-byte lengths, parameter sets taken out. */
export interface AccessUnit {
  timestamp: number;
  key: boolean;
  data: Buffer;
  /** Set on key pictures. */
  parameters: ParameterSets | undefined;
}

export interface AccessUnitSink {
  /** The first packet of a key picture is here; the rest follows, a long line may need 200 ms for it. */
  keyFrameStarts(timestamp: number): void;
  accessUnit(unit: AccessUnit): void;
}

const NAL_IDR = 5;
const NAL_SPS = 7;
const NAL_PPS = 8;
const NAL_AUD = 9;
const NAL_FILLER = 12;
const STAP_A = 24;
const FU_A = 28;

/** RFC 6184 in packetization mode 1: single NAL units, STAP-A and FU-A, in order, to access units. */
export class H264Depacketizer {
  readonly #sink: AccessUnitSink;
  readonly #sps = new Map<number, Buffer>();
  readonly #pps = new Map<number, Buffer>();
  readonly #units = new AccessUnitBuffer();
  #timestamp = -1;
  /** The PPS that the picture's first IDR slice refers to; undefined for other pictures. */
  #idrPps: number | undefined;
  #announced = false;
  /** The next packet follows a hole, which may have swallowed the beginning of its picture. */
  #afterHole = false;
  #torn = false;
  #parameters: ParameterSets | undefined;

  /** `sprop` is the fmtp's sprop-parameter-sets, for senders that do not repeat them in band. */
  constructor(sink: AccessUnitSink, sprop?: string) {
    this.#sink = sink;
    for (const unit of sprop?.split(',') ?? []) this.#whole(Buffer.from(unit, 'base64'));
    this.#clear();
  }

  packet(packet: Buffer, start: number, end: number, timestamp: number, marker: boolean): void {
    if (timestamp !== this.#timestamp) {
      // A picture whose marker bit never came ends where the next one starts.
      this.#finish();
      this.#timestamp = timestamp;
      this.#torn = this.#afterHole && !beginsPicture(packet, start);
    }
    this.#afterHole = false;
    if (end > start && !this.#torn) this.#payload(packet, start, end);
    if (marker) this.#finish();
  }

  /** Forgets the picture under way: one of its packets is gone for good. */
  lost(): void {
    this.#clear();
    this.#timestamp = -1;
    this.#afterHole = true;
  }

  #clear(): void {
    this.#units.clear();
    this.#idrPps = undefined;
    this.#announced = false;
  }

  #payload(packet: Buffer, start: number, end: number): void {
    const type = packet[start]! & 0x1f;
    if (type === FU_A) this.#fragment(packet, start, end);
    else if (type === STAP_A) this.#aggregate(packet, start + 1, end);
    else if (type > 0 && type < STAP_A) this.#unit(packet, start, end);
  }

  #aggregate(packet: Buffer, start: number, end: number): void {
    let at = start;
    while (at + 2 < end) {
      const bytes = packet.readUInt16BE(at);
      if (bytes === 0 || at + 2 + bytes > end) return;
      this.#unit(packet, at + 2, at + 2 + bytes);
      at += 2 + bytes;
    }
  }

  #fragment(packet: Buffer, start: number, end: number): void {
    if (end - start < 3) return;
    const header = packet[start + 1]!;
    const type = header & 0x1f;
    if (header & 0x80) {
      if (type === NAL_IDR) this.#announce();
      this.#units.begin();
      this.#units.appendByte((packet[start]! & 0xe0) | type);
    }
    if (!this.#units.unitUnderWay) return;
    this.#units.append(packet, start + 2, end);
    if ((header & 0x40) === 0) return;
    const at = this.#units.end();
    if (type === NAL_IDR) this.#idr(this.#units.view(at));
  }

  #whole(unit: Buffer): void {
    this.#unit(unit, 0, unit.length);
  }

  #unit(packet: Buffer, start: number, end: number): void {
    const type = (packet[start] ?? 0) & 0x1f;
    if (type === NAL_SPS || type === NAL_PPS) {
      if (type === NAL_SPS) this.#announce();
      this.#keep(type, packet.subarray(start, end));
      return;
    }
    if (type === NAL_AUD || type === NAL_FILLER) return;
    if (type === NAL_IDR) {
      this.#announce();
      this.#idr(packet.subarray(start, end));
    }
    this.#units.add(packet, start, end);
  }

  #idr(slice: Buffer): void {
    if (this.#idrPps !== undefined) return;
    try {
      this.#idrPps = readSlicePpsId(slice);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  #announce(): void {
    if (this.#announced || this.#timestamp < 0) return;
    this.#announced = true;
    this.#sink.keyFrameStarts(this.#timestamp);
  }

  #keep(type: number, unit: Buffer): void {
    try {
      if (type === NAL_PPS) {
        const { id } = readPpsIds(unit);
        if (!this.#pps.get(id)?.equals(unit)) this.#pps.set(id, Buffer.from(unit));
        return;
      }
      const { id } = readSps(unit);
      if (this.#sps.get(id)?.equals(unit)) return;
      this.#sps.set(id, Buffer.from(unit));
      // PPSs of the SPS that was replaced describe another stream; the sender repeats those still valid.
      for (const [ppsId, pps] of this.#pps) if (readPpsIds(pps).spsId === id) this.#pps.delete(ppsId);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  #finish(): void {
    const ppsId = this.#idrPps;
    const data = this.#units.take();
    this.#clear();
    if (data.length === 0) return;
    const key = ppsId !== undefined;
    const parameters = key ? this.#active(ppsId) : undefined;
    // An IDR without its parameter sets decodes to nothing; the cutter keeps asking for a complete one.
    if (key && !parameters) return;
    this.#sink.accessUnit({ timestamp: this.#timestamp, key, data, parameters });
  }

  #active(ppsId: number): ParameterSets | undefined {
    const pps = this.#pps.get(ppsId);
    if (!pps) return undefined;
    const { spsId } = readPpsIds(pps);
    const sps = this.#sps.get(spsId);
    if (!sps) return undefined;
    const ppss = [...this.#pps.values()].filter((unit) => readPpsIds(unit).spsId === spsId);
    if (!this.#parameters || !sameSets(this.#parameters, sps, ppss)) {
      this.#parameters = makeParameterSets(sps, ppss);
    }
    return this.#parameters;
  }
}

/** True for a packet that starts a picture: parameter sets, or a slice whose first macroblock is number 0. */
function beginsPicture(packet: Buffer, start: number): boolean {
  const type = (packet[start] ?? 0) & 0x1f;
  if (type === NAL_SPS || type === NAL_AUD || type === STAP_A) return true;
  if (type === FU_A) {
    const firstPart = ((packet[start + 1] ?? 0) & 0x80) !== 0;
    return firstPart && ((packet[start + 2] ?? 0) & 0x80) !== 0;
  }
  return type > 0 && type <= NAL_IDR && ((packet[start + 1] ?? 0) & 0x80) !== 0;
}

function sameSets(known: ParameterSets, sps: Buffer, pps: Buffer[]): boolean {
  return (
    known.sps.equals(sps) &&
    known.pps.length === pps.length &&
    pps.every((unit, at) => known.pps[at]!.equals(unit))
  );
}
