import type { Rung } from '#protocol/recorder-node.ts';
import { rtpPacket, senderReport } from '../../sfu/testing/rtp.ts';
import { type ElementaryStreams, FRAMES_A_SECOND } from './elementary-streams.ts';

/** Payload of one packet: what fits Chromium's packets with room for an SFU's header extensions. */
const PAYLOAD_BYTES = 1_150;
const TURN_MS = 4;
const REPORT_MS = 1_000;
const OPUS_MS = 20;
const FU_A = 28;

export interface SourceStream {
  rung: Rung;
  kind: 'audio' | 'video';
  /** Payloads of each picture or audio packet; sent again from the beginning when they are through. */
  units: Buffer[][];
  unitMs: number;
}

/** Takes the packets of all streams, in real time. It must not change them: others get the same. */
export type Sink = (stream: SourceStream, packet: Buffer, kind: 'rtp' | 'rtcp') => void;

/** A camera in three layers and a microphone as RTP, every layer with an SSRC of its own, in real time. */
export class RtpSource {
  readonly streams: readonly SourceStream[];
  /** By stream: wall time (ms) at which each picture's last packet was sent. */
  readonly sentAt: number[][];
  readonly #next: number[];
  readonly #sequence: number[];
  readonly #reportedAt: number[];
  readonly #stamped: boolean;
  #sinks: readonly Sink[] = [];
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;

  /** @param stamped puts its number into every picture (see {@link stampsIn}), at the price of a packet each. */
  constructor(media: ElementaryStreams, { stamped = false } = {}) {
    this.streams = [
      ...media.video.map(({ rungId, pictures }, index) => ({
        rung: {
          rungId,
          ssrc: 1_001 + index,
          payloadType: 109,
          mimeType: 'video/H264',
          clockRate: 90_000,
          parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' },
        },
        kind: 'video' as const,
        units: pictures.map((units) => units.flatMap(payloadsOf)),
        unitMs: 1_000 / FRAMES_A_SECOND,
      })),
      {
        rung: {
          rungId: 'a',
          ssrc: 2_001,
          payloadType: 111,
          mimeType: 'audio/opus',
          clockRate: 48_000,
          channels: 2,
        },
        kind: 'audio' as const,
        units: media.audio.map((packet) => [packet]),
        unitMs: OPUS_MS,
      },
    ];
    this.sentAt = this.streams.map(() => []);
    this.#next = this.streams.map(() => 0);
    this.#sequence = this.streams.map((_, index) => index * 1_000);
    this.#reportedAt = this.streams.map(() => Number.NEGATIVE_INFINITY);
    this.#stamped = stamped;
  }

  /** Begins to send, or goes on with other sinks. */
  start(...sinks: Sink[]): void {
    this.#sinks = sinks;
    if (this.#timer) return;
    this.#startedAt = performance.now();
    this.#timer = setInterval(() => this.#turn(), TURN_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #turn(): void {
    const elapsed = performance.now() - this.#startedAt;
    this.streams.forEach((stream, index) => {
      while (this.#next[index]! * stream.unitMs <= elapsed) this.#send(stream, index);
    });
  }

  #send(stream: SourceStream, index: number): void {
    const { rung, units, unitMs, kind } = stream;
    const number = this.#next[index]!++;
    const timestamp = Math.round((number * unitMs * rung.clockRate) / 1_000);
    const now = performance.now();
    if (now - this.#reportedAt[index]! >= REPORT_MS) {
      this.#reportedAt[index] = now;
      this.#toAll(stream, senderReport(rung.ssrc, timestamp, Date.now()), 'rtcp');
    }
    const payloads = units[number % units.length]!;
    const stamped = this.#stamped && kind === 'video' ? [stampOf(number), ...payloads] : payloads;
    stamped.forEach((payload, position) => {
      const { payloadType, ssrc } = rung;
      const marker = kind === 'video' && position === stamped.length - 1;
      const sequence = this.#sequence[index]!++;
      this.#toAll(stream, rtpPacket({ payloadType, sequence, timestamp, ssrc, marker }, payload), 'rtp');
    });
    this.sentAt[index]!.push(performance.timeOrigin + performance.now());
  }

  #toAll(stream: SourceStream, packet: Buffer, kind: 'rtp' | 'rtcp'): void {
    for (const sink of this.#sinks) sink(stream, packet, kind);
  }
}

/** One NAL unit as RTP payloads: whole, or in fragments (RFC 6184 §5.6, §5.8). */
function payloadsOf(unit: Buffer): Buffer[] {
  if (unit.length <= PAYLOAD_BYTES) return [unit];
  const payloads: Buffer[] = [];
  for (let at = 1; at < unit.length; at += PAYLOAD_BYTES - 2) {
    const part = unit.subarray(at, at + PAYLOAD_BYTES - 2);
    const position = (at === 1 ? 0x80 : 0) | (at + part.length === unit.length ? 0x40 : 0);
    payloads.push(
      Buffer.concat([Buffer.from([(unit[0]! & 0xe0) | FU_A, position | (unit[0]! & 0x1f)]), part]),
    );
  }
  return payloads;
}

const STAMP = Buffer.from('three-classrooms'.padEnd(16), 'latin1');
const STAMP_DIGITS = 8;

/** A picture's number as a SEI NAL unit (H.264 §D.1.7, user_data_unregistered), in digits: no start code can occur. */
function stampOf(number: number): Buffer {
  const digits = Buffer.from(String(number).padStart(STAMP_DIGITS, '0'), 'latin1');
  return Buffer.concat([Buffer.from([0x06, 5, 16 + STAMP_DIGITS]), STAMP, digits, Buffer.from([0x80])]);
}

/** The numbers of the stamped pictures in a file, in order. */
export function stampsIn(file: Buffer): number[] {
  const numbers: number[] = [];
  for (let at = file.indexOf(STAMP); at >= 0; at = file.indexOf(STAMP, at + STAMP.length)) {
    const digits = file.toString('latin1', at + STAMP.length, at + STAMP.length + STAMP_DIGITS);
    numbers.push(Number(digits));
  }
  return numbers;
}
