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
  layers: number[];
  readonly #ssrcs: number[];
  readonly #wanted: Set<number>;
  #frame = 0;

  /** @param onKeyFrame gets the number of key frames sent so far, for each layer. */
  constructor(track: Track, ssrcs: number[], layers: number[], onKeyFrame: (keyFrames: number[]) => void) {
    this.#ssrcs = ssrcs;
    this.layers = layers;
    this.#wanted = new Set(ssrcs.keys());
    const sequences = ssrcs.map((_, layer) => layer * 1_000);
    const keyFrames = ssrcs.map(() => 0);
    setInterval(() => {
      if (!track.isOpen()) return;
      this.#frame += 1;
      for (const layer of this.layers) {
        const ssrc = ssrcs[layer]!;
        const key = this.#wanted.delete(layer);
        const timestamp = this.#timestamp(layer);
        if (key || this.#frame % 10 === 0) track.sendMessageBinary(senderReport(ssrc, timestamp, Date.now()));
        track.sendMessageBinary(
          rtpPacket(
            { payloadType: PAYLOAD_TYPE, sequence: sequences[layer]!, timestamp, ssrc, marker: true },
            Buffer.concat([key ? SPS : DELTA, Buffer.from([layer])]),
          ),
        );
        sequences[layer]! += 1;
        if (!key) continue;
        keyFrames[layer]! += 1;
        onKeyFrame(keyFrames);
      }
    }, FRAME_MS);
  }

  /** Takes RTCP from the receiver. */
  receive(packet: Buffer): void {
    for (const ssrc of pictureLossesIn(packet)) {
      const layer = this.#ssrcs.indexOf(ssrc);
      if (layer >= 0) this.#wanted.add(layer);
    }
  }

  /** Each layer counts from a beginning of its own, as simulcast encoders do. */
  #timestamp(layer: number): number {
    return (layer * 0x3000_0000 + this.#frame * FRAME_MS * 90) >>> 0;
  }
}

export const layerOf = (payload: Buffer): number => payload.at(-1)!;
export const isKeyFrame = (payload: Buffer): boolean => (payload[0]! & 0x1f) === 7;
