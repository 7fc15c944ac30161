import type { CaptionTrack } from '#protocol/caption.ts';
import { writeVtt } from '#protocol/caption-file.ts';
import { durationOf, type Programme } from '#protocol/programme.ts';
import type { Captions } from '../notes/captions.ts';

/** `c-zh-CN.m3u8`, `c-zh-CN.vtt`. */
const NAME = /^c-([A-Za-z0-9-]{2,20})\.(m3u8|vtt)$/;

/** The captions of a resource as a line of its programme stream, for players that know nothing but HLS. */
export class StreamCaptions {
  readonly #captions: Captions;

  constructor(captions: Captions) {
    this.#captions = captions;
  }

  async tracks(resourceId: string, programme: Programme): Promise<CaptionTrack[]> {
    return await this.#captions.list({ lessonId: null, resourceId, programme });
  }

  /** Null when the name is none of captions, or there are none in its language. */
  async file(resourceId: string, programme: Programme, name: string): Promise<string | null> {
    const [, language, kind] = NAME.exec(name) ?? [];
    if (!language) return null;
    const caption = await this.#captions.find({ lessonId: null, resourceId, programme }, language);
    if (!caption) return null;
    return kind === 'vtt' ? writeVtt(caption.cues) : captionPlaylist(language, durationOf(programme));
  }
}

/** All cues are one segment: a lesson's are smaller than a second of its picture. */
function captionPlaylist(language: string, durationMs: number): string {
  const seconds = durationMs / 1000;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(seconds)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXTINF:${seconds.toFixed(3)},`,
    `c-${language}.vtt`,
  ];
  return `${lines.join('\n')}\n#EXT-X-ENDLIST\n`;
}
