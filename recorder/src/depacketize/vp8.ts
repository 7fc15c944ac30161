/** One VP8 frame, whole. */
export interface Vp8Frame {
  timestamp: number;
  key: boolean;
  data: Buffer;
}

/** RFC 7741: payload descriptors taken off, partitions joined into frames. Packets must come in order. */
export class Vp8Depacketizer {
  readonly #emit: (frame: Vp8Frame) => void;
  #parts: Buffer[] = [];
  #timestamp = -1;

  constructor(emit: (frame: Vp8Frame) => void) {
    this.#emit = emit;
  }

  packet(packet: Buffer, start: number, end: number, timestamp: number, marker: boolean): void {
    if (timestamp !== this.#timestamp) {
      this.#finish();
      this.#timestamp = timestamp;
    }
    const body = start + descriptorBytes(packet, start, end);
    if (body < end) {
      const begins = (packet[start]! & 0x10) !== 0 && (packet[start]! & 0x07) === 0;
      // A frame whose beginning is missing is no frame.
      if (begins || this.#parts.length > 0) this.#parts.push(packet.subarray(body, end));
    }
    if (marker) this.#finish();
  }

  lost(): void {
    this.#parts = [];
    this.#timestamp = -1;
  }

  #finish(): void {
    if (this.#parts.length === 0) return;
    const data = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#emit({ timestamp: this.#timestamp, key: (data[0]! & 1) === 0, data });
  }
}

/** Width and height of a VP8 key frame (RFC 6386 §9.1), undefined when it is not one. */
export function vp8Size(frame: Buffer): { width: number; height: number } | undefined {
  if (frame.length < 10 || (frame[0]! & 1) !== 0) return undefined;
  return { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff };
}

function descriptorBytes(packet: Buffer, start: number, end: number): number {
  if (start >= end) return 0;
  if ((packet[start]! & 0x80) === 0) return 1;
  const extensions = packet[start + 1] ?? 0;
  let bytes = 2;
  if (extensions & 0x80) bytes += (packet[start + bytes] ?? 0) & 0x80 ? 2 : 1;
  if (extensions & 0x40) bytes++;
  if (extensions & 0x30) bytes++;
  return bytes;
}
