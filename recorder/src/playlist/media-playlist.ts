import { initName, type SegmentRecord, segmentName } from '#protocol/recording-index.ts';
import { LONGEST_MS } from '../cut/segment.ts';

/**
 * One rung's media playlist (RFC 8216), growing line by line: EVENT while the lesson runs, ended by the
 * bell. No EXT-X-DISCONTINUITY ever: decode times are lesson time throughout, a changed picture format is a
 * new EXT-X-MAP, and audio renditions would have to repeat every discontinuity. No
 * EXT-X-INDEPENDENT-SEGMENTS: a segment cut in want of a key frame is not.
 */
export class MediaPlaylist {
  readonly #timescale: number;
  #text: string;
  #init = -1;

  constructor(timescale: number, epochMs: number) {
    this.#timescale = timescale;
    this.#text = [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      `#EXT-X-TARGETDURATION:${Math.round(LONGEST_MS / 1_000)}`,
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-PLAYLIST-TYPE:EVENT',
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(epochMs).toISOString()}`,
      '',
    ].join('\n');
  }

  /** `duration` in ticks of the timescale. */
  add(segment: Pick<SegmentRecord, 'number' | 'salt' | 'init' | 'duration'>): void {
    if (segment.init !== this.#init) this.#text += `#EXT-X-MAP:URI="${initName(segment.init)}"\n`;
    this.#init = segment.init;
    const seconds = (segment.duration / this.#timescale).toFixed(6);
    this.#text += `#EXTINF:${seconds},\n${segmentName(segment)}\n`;
  }

  text(ended: boolean): string {
    return ended ? `${this.#text}#EXT-X-ENDLIST\n` : this.#text;
  }
}
