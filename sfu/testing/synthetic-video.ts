import type { Track } from 'node-datachannel';
import { pictureLossesIn, rtpPacket, senderReport } from './rtp.ts';

const SPS = Buffer.from([0x67, 0x42, 0xe0, 0x1f]);
const DELTA = Buffer.from([0x41, 0x9a]);
export const FRAME_MS = 40;
const PAYLOAD_TYPE = 102;

/**
 * Sends made-up H.264: one packet a frame, whose last byte names the layer; the first packet and the answer
 * to a picture loss indication are key frames. A layer can be switched off and on, as browsers do.
 */
export class SyntheticVideo {
  readonly enabled: Set<number>;
  readonly keyFrames: number[];
  readonly #timer: NodeJS.Timeout;
  readonly #ssrcs: number[];
  readonly #wanted: Set<number>;
  #frame = 0;

  constructor(track: Track, ssrcs: number[], enabled: number[] = ssrcs.map((_, layer) => layer)) {
    this.#ssrcs = ssrcs;
    this.enabled = new Set(enabled);
    this.#wanted = new Set(ssrcs.keys());
    this.keyFrames = ssrcs.map(() => 0);
    const sequences = ssrcs.map((_, layer) => layer * 1_000);
    track.onMessage((message) => {
      for (const ssrc of pictureLossesIn(message)) {
        const layer = this.#ssrcs.indexOf(ssrc);
        if (layer >= 0) this.#wanted.add(layer);
      }
    });
    this.#timer = setInterval(() => {
      this.#frame += 1;
      for (const layer of this.enabled) {
        const ssrc = ssrcs[layer]!;
        const key = this.#wanted.delete(layer);
        if (key) this.keyFrames[layer]! += 1;
        const timestamp = this.#timestamp(layer);
        if (key || this.#frame % 10 === 0) track.sendMessageBinary(senderReport(ssrc, timestamp, Date.now()));
        track.sendMessageBinary(
          rtpPacket(
            { payloadType: PAYLOAD_TYPE, sequence: sequences[layer]!, timestamp, ssrc, marker: true },
            Buffer.concat([key ? SPS : DELTA, Buffer.from([layer])]),
          ),
        );
        sequences[layer]! += 1;
      }
    }, FRAME_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Each layer counts from a beginning of its own, as simulcast encoders do. */
  #timestamp(layer: number): number {
    return (layer * 0x3000_0000 + this.#frame * FRAME_MS * 90) >>> 0;
  }
}

export const layerOf = (payload: Buffer): number => payload.at(-1)!;
export const isKeyFrame = (payload: Buffer): boolean => (payload[0]! & 0x1f) === 7;
