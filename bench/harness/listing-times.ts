import { stampsIn } from '../load/rtp-source.ts';

/** The stretch before the first frame, and the first cut, which is in no step yet. */
const SKIPPED_SEGMENTS = 3;

/** When each segment of one playlist was first seen in it. */
export class ListingTimes {
  readonly #listedAt = new Map<string, number>();

  /** Takes the playlist as it was read just now. */
  note(playlist: string): void {
    const now = performance.timeOrigin + performance.now();
    for (const name of playlist.match(/^\d+[\w-]*\.m4s$/gm) ?? [])
      if (!this.#listedAt.has(name)) this.#listedAt.set(name, now);
  }

  /**
   * ms from the sending of each segment's last frame until the segment was listed; the frames' stamps tell
   * which one was the last. @param sentAt wall ms by frame number.
   */
  async delays(sentAt: readonly number[], read: (name: string) => Promise<Buffer>): Promise<number[]> {
    const delays: number[] = [];
    for (const [name, listedAt] of [...this.#listedAt].slice(SKIPPED_SEGMENTS)) {
      const last = stampsIn(await read(name)).at(-1);
      if (last === undefined) throw new Error(`${name} holds no frame of the source`);
      delays.push(listedAt - sentAt[last]!);
    }
    return delays;
  }
}
