import { randomBytes } from 'node:crypto';
import type { Track } from 'node-datachannel';
import { rtpPacket, senderReport } from '../../sfu/testing/rtp.ts';

const FRAME_MS = 33;
const CLOCK_PER_MS = 90;
const PAYLOAD_BYTES = 1_100;
const KEY_FRAME_EVERY = 300;
const SPS = Buffer.from([0x67, 0x42, 0xe0, 0x1f]);
const DELTA = Buffer.from([0x41, 0x9a]);

/**
 * Made-up H.264 of a steady bitrate, for an SFU that never looks beyond the first bytes of a payload. The
 * same sender can be paused and go on, with no hole in what is received.
 */
export class SteadyVideo {
  packetsSent = 0;
  readonly #track: Track;
  readonly #ssrc: number;
  readonly #payloadType: number;
  readonly #packetsAFrame: number;
  readonly #noise = randomBytes(PAYLOAD_BYTES);
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;
  #sequence = 0;

  constructor(track: Track, options: { ssrc: number; payloadType: number; bitsPerSecond: number }) {
    this.#track = track;
    this.#ssrc = options.ssrc;
    this.#payloadType = options.payloadType;
    this.#packetsAFrame = Math.round((options.bitsPerSecond * FRAME_MS) / 1000 / 8 / PAYLOAD_BYTES);
  }

  get packetsASecond(): number {
    return (this.#packetsAFrame * 1000) / FRAME_MS;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#send(), FRAME_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #send(): void {
    const key = this.#frame % KEY_FRAME_EVERY === 0;
    const timestamp = this.#frame * FRAME_MS * CLOCK_PER_MS;
    if (this.#frame % 30 === 0)
      this.#track.sendMessageBinary(senderReport(this.#ssrc, timestamp, Date.now()));
    for (let index = 0; index < this.#packetsAFrame; index++) {
      const begin = key && index === 0 ? SPS : DELTA;
      const packet = rtpPacket(
        {
          payloadType: this.#payloadType,
          sequence: this.#sequence++,
          timestamp,
          ssrc: this.#ssrc,
          marker: index === this.#packetsAFrame - 1,
        },
        Buffer.concat([begin, this.#noise.subarray(begin.length)]),
      );
      this.#track.sendMessageBinary(packet);
      this.packetsSent++;
    }
    this.#frame++;
  }
}
