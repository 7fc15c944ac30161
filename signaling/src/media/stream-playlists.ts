import type { CaptionTrack } from '#protocol/caption.ts';
import type { StreamPlan, StreamSegment } from './programme-plan.ts';

/* The programme stream as plain HLS: one ladder, one sound, times that never jump. */

const TARGET_S = 4;

/** @param captions of each language, at `c-<language>.m3u8` */
export function streamMaster(
  { video, audio: teacher, mixed }: StreamPlan,
  captions: readonly Pick<CaptionTrack, 'language' | 'label'>[] = [],
): string {
  const audio = mixed ?? teacher;
  const playlist = mixed ? 'm.m3u8' : 'a.m3u8';
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7'];
  for (const { language, label } of captions) {
    const name = label.replace(/["\r\n]/g, "'");
    lines.push(
      `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="c",NAME="${name}",LANGUAGE="${language}",DEFAULT=NO,AUTOSELECT=YES,URI="c-${language}.m3u8"`,
    );
  }
  const subtitles = captions.length > 0 ? ',SUBTITLES="c"' : '';
  if (audio && video.length > 0)
    lines.push(`#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",DEFAULT=YES,AUTOSELECT=YES,URI="${playlist}"`);
  for (const [rank, { width, height, codec, bandwidth }] of video.entries()) {
    const codecs = audio ? `${codec},${audio.codec}` : codec;
    const total = bandwidth + (audio?.bandwidth ?? 0);
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${total},CODECS="${codecs}",RESOLUTION=${width}x${height}${audio ? ',AUDIO="a"' : ''}${subtitles}`,
      `v${rank}.m3u8`,
    );
  }
  if (video.length === 0 && audio)
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${audio.bandwidth},CODECS="${audio.codec}"${subtitles}`,
      playlist,
    );
  return `${lines.join('\n')}\n`;
}

/** @param folder where the segments lie, relative to the playlist, e.g. `v0/` */
export function streamPlaylist(segments: readonly StreamSegment[], folder: string): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${TARGET_S}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
  ];
  const inits = initsOf(segments);
  let init = '';
  for (const [index, segment] of segments.entries()) {
    if (segment.init !== init)
      lines.push(`#EXT-X-MAP:URI="${folder}init-${inits.indexOf(segment.init)}.mp4"`);
    init = segment.init;
    const next = segments[index + 1];
    const end = next ? next.start : segment.start + segment.until - segment.from;
    lines.push(`#EXTINF:${((end - segment.start) / segment.timescale).toFixed(6)},`, `${folder}${index}.m4s`);
  }
  return `${lines.join('\n')}\n#EXT-X-ENDLIST\n`;
}

/** The headers that a line of the ladder needs, in the order of their first use. */
export const initsOf = (segments: readonly StreamSegment[]): string[] => [
  ...new Set(segments.map(({ init }) => init)),
];
