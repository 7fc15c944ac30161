import { randomInt } from 'node:crypto';

/** Packets kept for the SFU to ask for again: about two seconds of a 720p picture. */
const HISTORY = 512;
const NTP_EPOCH_S = 2_208_988_800;

export interface StreamFormat {
  payloadType: number;
  /** Ticks of the RTP timestamp in a second. */
  clockRate: number;
}

/**
 * One outgoing RTP stream (RFC 3550). ffmpeg's packets get this stream's identity, and their timestamps are
 * counted from the film's beginning: the first packet of picture and of sound are the same moment, which
 * ffmpeg's own sender reports, made by two muxers, do not say well.
 */
export class RtpStream {
  readonly ssrc = randomInt(1, 0xffff_ffff);
  readonly format: StreamFormat;
  readonly #history = new Array<Buffer | undefined>(HISTORY);
  readonly #origin = randomInt(0, 0x4000_0000);
  #sequence = randomInt(0, 0x8000);
  #firstTimestamp: number | null = null;
  #ticks = 0;
  packets = 0;
  bytes = 0;

  constructor(format: StreamFormat) {
    this.format = format;
  }

  /** Milliseconds of the film that have been sent. */
  get mediaMs(): number {
    return (this.#ticks * 1_000) / this.format.clockRate;
  }

  /** The moment of the film, in milliseconds, that a packet of ffmpeg's belongs to. */
  mediaMsOf(packet: Buffer): number {
    this.#firstTimestamp ??= packet.readUInt32BE(4);
    return (((packet.readUInt32BE(4) - this.#firstTimestamp) | 0) * 1_000) / this.format.clockRate;
  }

  /** Makes a packet of ffmpeg's this stream's own, in place. */
  adopt(packet: Buffer): Buffer {
    const timestamp = packet.readUInt32BE(4);
    this.#firstTimestamp ??= timestamp;
    this.#ticks = Math.max(this.#ticks, (timestamp - this.#firstTimestamp) | 0);
    packet[1] = (packet[1]! & 0x80) | this.format.payloadType;
    packet.writeUInt16BE(this.#sequence, 2);
    packet.writeUInt32BE((this.#origin + timestamp - this.#firstTimestamp) >>> 0, 4);
    packet.writeUInt32BE(this.ssrc, 8);
    this.#history[this.#sequence % HISTORY] = packet;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.packets += 1;
    this.bytes += packet.length;
    return packet;
  }

  /** Tells which wall time (ms) the film's beginning had, so that picture and sound meet again (§6.4.1). */
  senderReport(filmBeganAt: number, now: number): Buffer {
    const ticks = Math.round(((now - filmBeganAt) * this.format.clockRate) / 1_000);
    const report = Buffer.alloc(28);
    report.set([0x80, 200, 0, 6]);
    report.writeUInt32BE(this.ssrc, 4);
    report.writeUInt32BE((Math.floor(now / 1_000) + NTP_EPOCH_S) >>> 0, 8);
    report.writeUInt32BE(Math.floor(((now % 1_000) / 1_000) * 0x1_0000_0000), 12);
    report.writeUInt32BE((this.#origin + ticks) >>> 0, 16);
    report.writeUInt32BE(this.packets, 20);
    report.writeUInt32BE(this.bytes >>> 0, 24);
    return report;
  }

  /** The packets that a compound RTCP packet asks for again (generic NACK, RFC 4585 §6.2.1). */
  *askedAgain(rtcp: Buffer): Generator<Buffer> {
    for (let at = 0; at + 12 <= rtcp.length; ) {
      const end = Math.min(rtcp.length, at + (rtcp.readUInt16BE(at + 2) + 1) * 4);
      const isNack = rtcp[at + 1] === 205 && (rtcp[at]! & 0x1f) === 1;
      if (isNack && rtcp.readUInt32BE(at + 8) === this.ssrc)
        for (let item = at + 12; item + 4 <= end; item += 4) {
          const first = rtcp.readUInt16BE(item);
          const mask = rtcp.readUInt16BE(item + 2);
          for (let bit = -1; bit < 16; bit += 1)
            if (bit < 0 || mask & (1 << bit)) {
              const packet = this.#kept((first + bit + 1) & 0xffff);
              if (packet) yield packet;
            }
        }
      at = end;
    }
  }

  #kept(sequence: number): Buffer | undefined {
    const packet = this.#history[sequence % HISTORY];
    return packet?.readUInt16BE(2) === sequence ? packet : undefined;
  }
}
