import { slab } from './slab.ts';

/**
 * Gathers one picture's NAL units behind four-byte lengths in a buffer that is used again and again, so
 * that the packets need not be kept.
 */
export class AccessUnitBuffer {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #length = 0;
  /** Where the length of the unit under way stands; -1 between units. */
  #unit = -1;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get unitUnderWay(): boolean {
    return this.#unit >= 0;
  }

  clear(): void {
    this.#length = 0;
    this.#unit = -1;
  }

  add(packet: Buffer, start: number, end: number): void {
    this.begin();
    this.append(packet, start, end);
    this.end();
  }

  begin(): void {
    this.drop();
    this.#unit = this.#length;
    this.#reserve(4);
    this.#length += 4;
  }

  appendByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  append(packet: Buffer, start: number, end: number): void {
    this.#reserve(end - start);
    packet.copy(this.#bytes, this.#length, start, end);
    this.#length += end - start;
  }

  /** Completes the unit under way and returns where it begins. */
  end(): number {
    const start = this.#unit + 4;
    this.#bytes.writeUInt32BE(this.#length - start, this.#unit);
    this.#unit = -1;
    return start;
  }

  /** Forgets the unit under way. */
  drop(): void {
    if (this.#unit >= 0) this.#length = this.#unit;
    this.#unit = -1;
  }

  /** A view of what was written from `start` on; only good until the next write. */
  view(start: number): Buffer {
    return this.#bytes.subarray(start, this.#length);
  }

  /** A copy of the whole units. */
  take(): Buffer {
    this.drop();
    const data = slab.copy(this.#bytes, 0, this.#length);
    this.clear();
    return data;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + more));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
