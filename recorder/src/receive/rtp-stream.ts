import { JitterBuffer, type PacketSink } from './jitter-buffer.ts';
import { LessonClock } from './lesson-clock.ts';
import type { ReportBlock, SenderReport } from './rtcp.ts';
import { payloadEnd, payloadStart, timestampOf } from './rtp-packet.ts';

const NOTHING: readonly number[] = [];

/** Takes one stream's payloads in order. Offsets are of the payload inside `packet`. */
export interface PayloadSink {
  packet(packet: Buffer, start: number, end: number): void;
  lost(packets: number): void;
}

/** Where the stream's packets come from: RTCP goes back there (symmetric RTP, RFC 4961). */
export interface Remote {
  address: string;
  port: number;
}

/** One SSRC: puts its packets in order, keeps its clock and its reception statistics (RFC 3550 §6.4.1). */
export class RtpStream implements PacketSink {
  readonly ssrc: number;
  readonly clock: LessonClock;
  remote: Remote | undefined;
  /** Lesson time (ms) of the last arrival. */
  heardAt = Number.NEGATIVE_INFINITY;
  /** Packets given up as lost. */
  packetsLost = 0;
  bytesReceived = 0;
  readonly #sink: PayloadSink;
  readonly #buffer: JitterBuffer;
  readonly #clockRate: number;
  #received = 0;
  #base = -1;
  #observed = -1;
  #jitter = 0;
  #transit = Number.NaN;
  #reportedExpected = 0;
  #reportedReceived = 0;
  #senderReport: { ntpMiddle: number; at: number } | undefined;

  constructor(ssrc: number, clockRate: number, sink: (clock: LessonClock) => PayloadSink) {
    this.ssrc = ssrc;
    this.#clockRate = clockRate;
    this.clock = new LessonClock(clockRate);
    this.#sink = sink(this.clock);
    this.#buffer = new JitterBuffer(this);
  }

  /** `now` is lesson time in ms. */
  receive(packet: Buffer, now: number): void {
    const timestamp = timestampOf(packet);
    // Only a picture's first packet tells the sender's time; the rest waits behind it in the pacer.
    if (timestamp !== this.#observed) {
      this.#observed = timestamp;
      this.clock.observe(timestamp, now);
      this.#measureJitter(timestamp, now);
    }
    this.heardAt = now;
    this.bytesReceived += packet.length;
    if (this.#buffer.push(packet, now)) this.#received++;
    if (this.#base < 0) this.#base = this.#buffer.highestSequence;
  }

  /** True while packets wait behind a missing one. */
  get hasHole(): boolean {
    return this.#buffer.waiting;
  }

  /** Gives up old holes; returns the sequence numbers to ask for again. */
  poll(now: number): readonly number[] {
    return this.#buffer.waiting ? this.#buffer.poll(now) : NOTHING;
  }

  /** No more packets will come: hands on what is still held. */
  flush(): void {
    this.#buffer.flush();
  }

  packet(packet: Buffer): void {
    const start = payloadStart(packet);
    const end = start < 0 ? -1 : payloadEnd(packet, start);
    if (end >= 0) this.#sink.packet(packet, start, end);
  }

  lost(packets: number): void {
    this.packetsLost += packets;
    this.#sink.lost(packets);
  }

  senderReport(report: SenderReport, now: number): void {
    this.#senderReport = { ntpMiddle: report.ntpMiddle, at: now };
  }

  reportBlock(now: number): ReportBlock {
    const expected = this.#base < 0 ? 0 : this.#buffer.highestSequence - this.#base + 1;
    const expectedSince = expected - this.#reportedExpected;
    const lostSince = expectedSince - (this.#received - this.#reportedReceived);
    this.#reportedExpected = expected;
    this.#reportedReceived = this.#received;
    return {
      ssrc: this.ssrc,
      fractionLost: expectedSince > 0 && lostSince > 0 ? Math.floor((lostSince * 256) / expectedSince) : 0,
      cumulativeLost: expected - this.#received,
      highestSequence: this.#buffer.highestSequence,
      jitter: Math.round(this.#jitter),
      lastSenderReport: this.#senderReport?.ntpMiddle ?? 0,
      delaySinceLastSenderReport: this.#senderReport
        ? Math.round(((now - this.#senderReport.at) * 65_536) / 1_000)
        : 0,
    };
  }

  #measureJitter(timestamp: number, now: number): void {
    const transit = (now * this.#clockRate) / 1_000 - timestamp;
    const difference = Math.abs(transit - this.#transit);
    this.#transit = transit;
    // A jump (first packet, wrap, restart) is not jitter.
    if (difference < this.#clockRate) this.#jitter += (difference - this.#jitter) / 16;
  }
}
