/**
 * Browsers ignore a key-frame request that follows one they heard, of whichever layer, within 300 ms
 * (libwebrtc's EncoderRtcpFeedback), and answer one with key frames of all layers. On the way to them two
 * requests may come closer together or fall farther apart.
 */
const DEAF_MS = 300;
const WAY_MS = 30;
export const KEY_FRAME_SPACING_MS = DEAF_MS + WAY_MS;

/** When one sender will hear the next request for a key frame. Times in ms, of any one clock. */
export class KeyFrameTurns {
  #heardAt = Number.NEGATIVE_INFINITY;

  /** A request has left for the sender, by whomever it was wanted. */
  sent(now: number): void {
    if (now - this.#heardAt >= DEAF_MS - WAY_MS) this.#heardAt = now;
  }

  /** How long a request would have to wait to be heard for certain. */
  wait(now: number): number {
    return Math.max(0, this.#heardAt + KEY_FRAME_SPACING_MS - now);
  }
}
