import { sequenceOf } from './rtp-packet.ts';

const SLOTS = 2048;
/** A sequence number further off than this is a restarted sender and not a late packet. */
const RESTART_DISTANCE = 1500;
/** Ordinary reordering heals by itself within this time. */
const FIRST_NACK_MS = 20;
/**
 * The SFU may lack the packet itself and be asking the browser for it, so the question is repeated at about
 * the pace of a long line's round trip.
 */
const NEXT_NACK_MS = 80;
const MAX_NACKS = 7;
/** After this wait a gap is given up. */
export const GAP_WAIT_MS = 600;

/** Receives the packets in order. `lost` comes before the packet that follows the hole. */
export interface PacketSink {
  packet(packet: Buffer): void;
  lost(packets: number): void;
}

/**
 * Puts one stream's packets back into order, tells which ones to ask for again and gives up on a hole after
 * {@link GAP_WAIT_MS}, so that loss can delay a recording but never stop it. Times are milliseconds of any
 * one steady clock.
 */
export class JitterBuffer {
  readonly #sink: PacketSink;
  readonly #slots: (Buffer | undefined)[] = new Array(SLOTS).fill(undefined);
  readonly #arrivals = new Float64Array(SLOTS);
  readonly #nackedAt = new Float64Array(SLOTS);
  readonly #nacks = new Uint8Array(SLOTS);
  /** Extended (unwrapped) number of the next packet to deliver; -1 before the first packet. */
  #next = -1;
  /** One past the highest extended number seen. */
  #end = -1;
  #waiting = 0;
  #restartSequence = -1;
  #restartPacket: Buffer | undefined;

  constructor(sink: PacketSink) {
    this.#sink = sink;
  }

  /** True while packets are held back behind a hole. */
  get waiting(): boolean {
    return this.#waiting > 0;
  }

  /** Highest sequence number seen, with wraps counted in the upper bits. */
  get highestSequence(): number {
    return Math.max(0, this.#end - 1);
  }

  /** Returns false for a packet that came twice or too late. */
  push(packet: Buffer, now: number): boolean {
    const sequence = sequenceOf(packet);
    if (this.#next < 0) this.#restartAt(sequence);
    // Sign-extended distance modulo 2^16.
    const distance = ((sequence - this.#next) << 16) >> 16;
    if (distance <= -RESTART_DISTANCE || distance >= RESTART_DISTANCE) return this.#stray(packet, sequence);
    if (distance < 0) return false;
    const number = this.#next + distance;
    if (distance === 0 && this.#waiting === 0) {
      this.#next = number + 1;
      if (this.#end < this.#next) this.#end = this.#next;
      this.#sink.packet(packet);
      return true;
    }
    const slot = number % SLOTS;
    if (this.#slots[slot]) return false;
    this.#slots[slot] = packet;
    this.#arrivals[slot] = now;
    this.#waiting++;
    for (let missing = this.#end; missing < number; missing++) {
      this.#nacks[missing % SLOTS] = 0;
      this.#nackedAt[missing % SLOTS] = now + FIRST_NACK_MS - NEXT_NACK_MS;
    }
    if (number >= this.#end) this.#end = number + 1;
    this.#deliver();
    return true;
  }

  /** Gives up holes that are too old and returns the sequence numbers that should be asked for. */
  poll(now: number): number[] {
    const missing: number[] = [];
    while (this.#waiting > 0 && now - this.#arrivals[this.#firstHeld() % SLOTS]! >= GAP_WAIT_MS) this.#skip();
    for (let number = this.#next; number < this.#end; number++) {
      const slot = number % SLOTS;
      if (this.#slots[slot] || this.#nacks[slot]! >= MAX_NACKS) continue;
      if (now - this.#nackedAt[slot]! < NEXT_NACK_MS) continue;
      this.#nackedAt[slot] = now;
      this.#nacks[slot]!++;
      missing.push(number & 0xffff);
    }
    return missing;
  }

  /** Delivers what is held, holes or not: the stream is over. */
  flush(): void {
    while (this.#waiting > 0) this.#skip();
  }

  /** A far-off number is believed only when its successor follows: one stray packet must not restart us. */
  #stray(packet: Buffer, sequence: number): boolean {
    const follows = this.#restartPacket && sequence === ((this.#restartSequence + 1) & 0xffff);
    if (!follows) {
      this.#restartSequence = sequence;
      this.#restartPacket = packet;
      return true;
    }
    const first = this.#restartPacket!;
    this.flush();
    this.#sink.lost(1);
    this.#restartAt(this.#restartSequence);
    this.#restartPacket = undefined;
    this.#next += 2;
    this.#end = this.#next;
    this.#sink.packet(first);
    this.#sink.packet(packet);
    return true;
  }

  #restartAt(sequence: number): void {
    this.#slots.fill(undefined);
    this.#waiting = 0;
    // Starting one cycle up keeps extended numbers positive whatever arrives first.
    this.#next = 0x10000 + sequence;
    this.#end = this.#next;
  }

  #firstHeld(): number {
    let number = this.#next;
    while (!this.#slots[number % SLOTS]) number++;
    return number;
  }

  #skip(): void {
    const to = this.#firstHeld();
    const lost = to - this.#next;
    this.#next = to;
    if (lost > 0) this.#sink.lost(lost);
    this.#deliver();
  }

  #deliver(): void {
    for (;;) {
      const slot = this.#next % SLOTS;
      const packet = this.#slots[slot];
      if (!packet) return;
      this.#slots[slot] = undefined;
      this.#waiting--;
      this.#next++;
      this.#sink.packet(packet);
    }
  }
}
