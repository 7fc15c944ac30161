import { audioMaster, type Variant, videoMaster } from '#platform/hls/master-playlist.ts';
import type { RecordedFeed, RecordedRung, RecordingContents } from '#platform/recording-index.ts';
import { initName, segmentName } from '#protocol/recording-index.ts';
import type { Span } from '#protocol/rest.ts';

/*
 * Playlists of a recording that was edited: the same time axis, what was cut out marked as a gap (RFC 8216bis §4.4.4.7)
 * and its file not named. Nothing is copied and nothing encoded.
 */

const TARGET_S = 4;

/** One rung's playlist. `base` is the signed folder of the track, ending with a slash. */
export function editedRung(rung: RecordedRung, kept: readonly Span[], base: string): string {
  const { timescale, rungId, segments } = rung;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:8',
    `#EXT-X-TARGETDURATION:${TARGET_S}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
  ];
  let init = -1;
  for (const segment of segments) {
    if (segment.init !== init) lines.push(`#EXT-X-MAP:URI="${base}${rungId}/${initName(segment.init)}"`);
    init = segment.init;
    const [fromMs, toMs] = spanOf(segment, timescale);
    const isKept = kept.some((span) => span.fromMs < toMs && fromMs < span.toMs);
    if (!isKept) lines.push('#EXT-X-GAP');
    lines.push(`#EXTINF:${(segment.duration / timescale).toFixed(6)},`);
    lines.push(isKept ? `${base}${rungId}/${segmentName(segment)}` : 'gap.m4s');
  }
  return `${lines.join('\n')}\n#EXT-X-ENDLIST\n`;
}

/** A feed's master playlist; its rungs lie beside it, its participant's microphone in the folder next to it. */
export function editedMaster(feed: RecordedFeed, contents: RecordingContents, hidden: ReadonlySet<string>) {
  const { track } = feed;
  if (track.kind === 'audio')
    return audioMaster({ uri: `${feed.rungs[0]!.rungId}.m3u8`, ...ratesOf(feed.rungs[0]!) });
  const mic = [...contents.feeds.values()].find(
    (other) => other.track.kind === 'audio' && other.track.participantId === track.participantId,
  );
  const voice = mic && !hidden.has(mic.track.trackId) ? mic.rungs[0] : undefined;
  return videoMaster(
    variantsOf(feed),
    voice && { uri: `../${mic!.track.trackId}/${voice.rungId}.m3u8`, ...ratesOf(voice) },
  );
}

/** The rungs that have media, as lines of a ladder. */
export function variantsOf({ rungs }: RecordedFeed): Variant[] {
  const filled = rungs.filter(({ segments }) => segments.length > 0);
  const live = filled.filter(({ segments }) => segments.some(({ filler }) => !filler));
  return (live.length > 0 ? live : filled).map((rung) => {
    const shown = rung.segments.findLast(({ filler }) => !filler) ?? rung.segments[0]!;
    const { codec, width, height } = rung.inits.get(shown.init)!;
    return { uri: `${rung.rungId}.m3u8`, codec, width, height, ...ratesOf(rung) };
  });
}

/** bit/s of a rung's media: over all of it, and of its fattest segment. */
export function ratesOf({ segments, timescale }: RecordedRung): {
  peakBandwidth: number;
  averageBandwidth: number;
} {
  let bytes = 0;
  let ticks = 0;
  let peak = 0;
  for (const { bytes: own, duration, filler } of segments) {
    if (filler) continue;
    bytes += own;
    ticks += duration;
    if (duration >= timescale) peak = Math.max(peak, (own * 8 * timescale) / duration);
  }
  const averageBandwidth = ticks ? (bytes * 8 * timescale) / ticks : 1;
  return { averageBandwidth, peakBandwidth: Math.max(peak, averageBandwidth) };
}

function spanOf(
  { start, duration }: { start: number; duration: number },
  timescale: number,
): [number, number] {
  return [(start * 1_000) / timescale, ((start + duration) * 1_000) / timescale];
}
