import type { RemoteInfo } from 'node:dgram';
import { readSenderReports, writeNack, writePictureLoss, writeReceiverReport } from './rtcp.ts';
import { isRtcp, RTP_HEADER_BYTES, ssrcOf } from './rtp-packet.ts';
import { type PortRange, RtpPort } from './rtp-port.ts';
import type { Remote, RtpStream } from './rtp-stream.ts';

const POLL_MS = 20;
const TIMER_MS = 100;
const FOLLOW_MS = 250;
const REPORT_MS = 2_000;

/** What receives a recording's streams: its tracks. */
export interface Receiver {
  readonly streams: RtpStream[];
  /** Frequent work, at most every 20 ms: lost packets and key frames. */
  poll(
    now: number,
    nack: (stream: RtpStream, missing: readonly number[]) => void,
    askKey: (stream: RtpStream) => void,
  ): void;
  /** Slow work, every 250 ms: stand-ins for media that is away. */
  follow(now: number): void;
}

/** A recording's ear: one UDP port for all its streams, RTP in, RTCP both ways, and the clock that drives both. */
export class Reception {
  readonly #receivers: ReadonlyMap<string, Receiver>;
  readonly #now: () => number;
  readonly #streams = new Map<number, RtpStream>();
  readonly #ssrc = Math.floor(Math.random() * 0xffffffff);
  #port: RtpPort | undefined;
  #timer: NodeJS.Timeout | undefined;
  #polledAt = 0;
  #followedAt = 0;
  #reportedAt = 0;

  /** `now` is lesson time in ms. */
  constructor(receivers: ReadonlyMap<string, Receiver>, now: () => number) {
    this.#receivers = receivers;
    this.#now = now;
  }

  get port(): number | undefined {
    return this.#port?.port;
  }

  get streams(): RtpStream[] {
    return [...this.#streams.values()];
  }

  /** Idempotent. */
  async open(ports: PortRange): Promise<void> {
    this.#port ??= await RtpPort.open(ports, (packet, from) => this.#receive(packet, from));
    this.#timer ??= setInterval(() => this.#turn(), TIMER_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#port?.close();
    this.#port = undefined;
  }

  /** To be called when a receiver's streams have changed. */
  readStreams(): void {
    this.#streams.clear();
    for (const receiver of this.#receivers.values()) {
      for (const stream of receiver.streams) this.#streams.set(stream.ssrc, stream);
    }
  }

  #receive(packet: Buffer, from: RemoteInfo): void {
    const now = this.#now();
    if (isRtcp(packet)) {
      readSenderReports(packet, (report) => this.#streams.get(report.ssrc)?.senderReport(report, now));
      return;
    }
    const stream = packet.length < RTP_HEADER_BYTES ? undefined : this.#streams.get(ssrcOf(packet));
    if (!stream) return;
    if (stream.remote?.port !== from.port || stream.remote.address !== from.address) {
      stream.remote = { address: from.address, port: from.port };
    }
    stream.receive(packet, now);
    if (now - this.#polledAt >= POLL_MS) this.#poll(now);
  }

  #turn(): void {
    const now = this.#now();
    if (now - this.#polledAt >= POLL_MS) this.#poll(now);
    if (now - this.#followedAt >= FOLLOW_MS) {
      this.#followedAt = now;
      for (const receiver of this.#receivers.values()) receiver.follow(now);
    }
    if (now - this.#reportedAt >= REPORT_MS) {
      this.#reportedAt = now;
      this.#report(now);
    }
  }

  #poll(now: number): void {
    this.#polledAt = now;
    for (const receiver of this.#receivers.values()) receiver.poll(now, this.#nack, this.#askKey);
  }

  readonly #nack = (stream: RtpStream, missing: readonly number[]): void =>
    this.#send(stream.remote, () => writeNack(this.#ssrc, stream.ssrc, missing));

  readonly #askKey = (stream: RtpStream): void =>
    this.#send(stream.remote, () => writePictureLoss(this.#ssrc, stream.ssrc));

  #send(remote: Remote | undefined, write: () => Buffer): void {
    if (remote) this.#port?.send(write(), remote);
  }

  /** One receiver report for each SFU that sends to us. */
  #report(now: number): void {
    const byRemote = Map.groupBy(this.streams, ({ remote }) => remote && `${remote.address}:${remote.port}`);
    for (const [key, streams] of byRemote) {
      if (!key) continue;
      const blocks = streams.map((stream) => stream.reportBlock(now));
      this.#send(streams[0]!.remote, () => writeReceiverReport(this.#ssrc, blocks));
    }
  }
}
