/**
 * A growing media playlist as somebody sees it who is `untilS` seconds into the lesson and no further. Names of files
 * are put behind `base`. Null while there is nothing to show yet.
 */
export function delayedPlaylist(text: string, untilS: number, base: string): string | null {
  const shown: string[] = [];
  /** Tags that belong to the next segment. */
  let held: string[] = [];
  let endS = 0;
  let segments = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const length = /^#EXTINF:([\d.]+)/.exec(line)?.[1];
    if (length !== undefined) endS += Number(length);
    if (length !== undefined || SEGMENT_TAGS.some((tag) => line.startsWith(tag))) {
      held.push(line.replace(/URI="([^"]+)"/, (_, uri) => `URI="${base}${uri}"`));
      continue;
    }
    if (line.startsWith('#')) {
      // It ends for this viewer when they have seen its last segment.
      if (line !== '#EXT-X-ENDLIST' || endS <= untilS) shown.push(line);
      continue;
    }
    if (endS > untilS) break;
    shown.push(...held, base + line);
    held = [];
    segments += 1;
  }
  return segments > 0 ? `${shown.join('\n')}\n` : null;
}

const SEGMENT_TAGS = [
  '#EXT-X-MAP',
  '#EXT-X-GAP',
  '#EXT-X-DISCONTINUITY',
  '#EXT-X-PROGRAM-DATE-TIME',
  '#EXT-X-BYTERANGE',
  '#EXT-X-BITRATE',
];
