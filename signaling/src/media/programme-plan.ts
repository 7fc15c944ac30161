import type { RecordedFeed, RecordedRung, RecordingContents } from '#platform/recording-index.ts';
import type { Clip, Programme, Shot } from '#protocol/programme.ts';
import { initName, segmentName } from '#protocol/recording-index.ts';
import { shotAt } from '#protocol/shots.ts';

/*
 * The cut of a programme as ONE stream for players that know nothing of ours (mpv, VLC, a TV box) and for exports that
 * copy. It follows the first picture of each shot. Segments are the recorded ones, moved to programme time; a picture
 * can only begin at a key frame, so clips begin at the first one after their start and a cut to another feed at the
 * last one before it. Sound is cut to the packet, so that both stay together.
 */

/** A recorded segment at its place in the stream. Ticks are those of its rung. */
export interface StreamSegment {
  /** Blob keys. */
  source: string;
  init: string;
  /** Kept are the samples that begin within `[from, until)`, lesson time in ticks. */
  from: number;
  until: number;
  /** Programme time of `from` in ticks. */
  start: number;
  timescale: number;
}

export interface StreamSound {
  codec: string;
  bandwidth: number;
  segments: StreamSegment[];
}

export interface StreamPlan {
  /** The ladder from the smallest up; empty when the recording has no picture. */
  video: { width: number; height: number; codec: string; bandwidth: number; segments: StreamSegment[] }[];
  /** The teacher's voice as it was recorded; null where nobody is heard. */
  audio: StreamSound | null;
  /** All voices as one; null while that is not made. */
  mixed: StreamSound | null;
  durationMs: number;
}

/** A source of sound for a recording: a microphone, or all voices mixed. */
export interface Voice {
  recordingId: string;
  folder: string;
  rung: RecordedRung;
}

const SLACK_MS = 100;
const MIXED_CODEC = 'mp4a.40.2';
const SOUND_BITRATE = 128_000;
const RANKS = 3;

export function planStream(
  programme: Programme,
  recordings: ReadonlyMap<string, RecordingContents>,
  shots: readonly Shot[],
  voices: ReadonlyMap<string, Voice> | null = null,
): StreamPlan {
  const hidden = new Set(programme.hiddenTrackIds);
  const placed = placeClips(programme.clips, recordings, shots, hidden);
  const last = placed.at(-1);
  const ranks = Math.min(
    RANKS,
    Math.max(0, ...placed.flatMap(({ cuts }) => cuts.map(({ feed }) => rungsOf(feed).length))),
  );
  const video = Array.from({ length: ranks }, (_, rank) => {
    const segments = placed.flatMap((clip) => pictureOf(clip, rank));
    const rung = rungAt(placed.find(({ cuts }) => cuts.length > 0)!.cuts[0]!.feed, rank);
    const shown = rung.inits.get(
      (rung.segments.findLast(({ filler }) => !filler) ?? rung.segments[0]!).init,
    )!;
    const { width, height, codec } = shown;
    return { width, height, codec, bandwidth: bandwidthOf(rung), segments };
  });
  const soundBy = (of: (recordingId: string) => Voice | null, codec: string): StreamSound | null => {
    const segments = placed.flatMap((clip) => soundOf(clip, of(clip.clip.recordingId)));
    return segments.length > 0 ? { codec, bandwidth: SOUND_BITRATE, segments } : null;
  };
  return {
    video,
    audio: soundBy((recordingId) => teacherOf(recordingId, recordings, hidden), 'opus'),
    mixed: voices && soundBy((recordingId) => voices.get(recordingId) ?? null, MIXED_CODEC),
    durationMs: last ? last.outMs + last.clip.toMs - last.fromMs : 0,
  };
}

/** A stretch of one feed's picture, lesson time. */
interface Cut {
  feed: RecordedFeed;
  fromMs: number;
  toMs: number;
}

interface PlacedClip {
  clip: Clip;
  /** Where it really begins: at a key frame. */
  fromMs: number;
  /** Programme time of that. */
  outMs: number;
  cuts: Cut[];
}

function placeClips(
  clips: readonly Clip[],
  recordings: ReadonlyMap<string, RecordingContents>,
  shots: readonly Shot[],
  hidden: ReadonlySet<string>,
): PlacedClip[] {
  const placed: PlacedClip[] = [];
  let outMs = 0;
  for (const clip of clips) {
    const contents = recordings.get(clip.recordingId);
    if (!contents) continue;
    const cuts = cutsOf(clip, contents, shots, hidden);
    const first = cuts[0];
    const top = first && rungsOf(first.feed).at(-1);
    const fromMs = (top && keyAfter(top, clip.fromMs)) ?? clip.fromMs;
    if (fromMs >= clip.toMs) continue;
    placed.push({ clip, fromMs, outMs, cuts });
    outMs += clip.toMs - fromMs;
  }
  return placed;
}

/** Which feed is shown when, within a clip. */
function cutsOf(
  clip: Clip,
  { feeds }: RecordingContents,
  shots: readonly Shot[],
  hidden: ReadonlySet<string>,
): Cut[] {
  const usable = [...feeds.values()].filter(
    (feed) => feed.track.kind === 'video' && !hidden.has(feed.track.trackId) && rungsOf(feed).length > 0,
  );
  const fallback =
    usable.find(({ track }) => track.role === 'teacher' || track.role === 'studio') ?? usable[0];
  if (!fallback) return [];
  const own = shots.filter(({ recordingId }) => recordingId === clip.recordingId);
  const moments = [
    clip.fromMs,
    ...own.map(({ atMs }) => atMs).filter((atMs) => atMs > clip.fromMs && atMs < clip.toMs),
  ];
  const cuts: Cut[] = [];
  for (const [index, fromMs] of moments.entries()) {
    const toMs = moments[index + 1] ?? clip.toMs;
    const wanted = shotAt(own, clip.recordingId, fromMs)?.feedIds ?? [];
    const shown = wanted.map((id) => usable.find(({ track }) => track.trackId === id)).find(Boolean);
    const feed = shown ?? cuts.at(-1)?.feed ?? fallback;
    const last = cuts.at(-1);
    if (last?.feed === feed) last.toMs = toMs;
    else cuts.push({ feed, fromMs, toMs });
  }
  return cuts;
}

function pictureOf({ clip, fromMs, outMs, cuts }: PlacedClip, rank: number): StreamSegment[] {
  const starts = cuts.map(({ feed, fromMs: wantedMs }, index) => {
    const rung = rungAt(feed, rank);
    return index === 0 ? fromMs : (keyBefore(rung, wantedMs, fromMs) ?? keyAfter(rung, wantedMs) ?? wantedMs);
  });
  return cuts.flatMap(({ feed }, index) => {
    const rung = rungAt(feed, rank);
    const { timescale } = rung;
    const toTicks = (ms: number) => Math.round((ms * timescale) / 1_000);
    const from = toTicks(starts[index]!);
    const until = toTicks(starts[index + 1] ?? clip.toMs);
    const folder = `recordings/${clip.recordingId}/${feed.track.trackId}`;
    const place = (ticks: number) => ticks - toTicks(fromMs) + toTicks(outMs);
    // The rungs of a feed are cut at the same key frames but for a picture or two.
    const early = (SLACK_MS * timescale) / 1_000;
    return rung.segments
      .filter(({ start, duration }) => start >= from - early && start < until && start + duration > from)
      .map((segment) => ({
        ...filesOf(folder, rung, segment),
        from: segment.start,
        until: Math.min(until, segment.start + segment.duration),
        start: Math.max(0, place(segment.start)),
        timescale,
      }));
  });
}

function soundOf({ clip, fromMs, outMs }: PlacedClip, voice: Voice | null): StreamSegment[] {
  if (!voice) return [];
  const { rung, folder } = voice;
  const { timescale } = rung;
  const toTicks = (ms: number) => Math.round((ms * timescale) / 1_000);
  const [from, until] = [toTicks(fromMs), toTicks(clip.toMs)];
  return rung.segments
    .filter(({ start, duration }) => start < until && start + duration > from)
    .map((segment) => {
      const begin = Math.max(from, segment.start);
      return {
        ...filesOf(folder, rung, segment),
        from: begin,
        until: Math.min(until, segment.start + segment.duration),
        start: begin - from + toTicks(outMs),
        timescale,
      };
    });
}

function teacherOf(
  recordingId: string,
  recordings: ReadonlyMap<string, RecordingContents>,
  hidden: ReadonlySet<string>,
): Voice | null {
  const feeds = [...(recordings.get(recordingId)?.feeds.values() ?? [])].filter(
    ({ track }) => !hidden.has(track.trackId),
  );
  const face = feeds.find(({ track }) => track.role === 'teacher' || track.role === 'studio');
  const voices = feeds.filter(
    ({ track, rungs }) => track.kind === 'audio' && (rungs[0]?.segments.length ?? 0) > 0,
  );
  const voice = voices.find(({ track }) => track.participantId === face?.track.participantId) ?? voices[0];
  return voice
    ? { recordingId, folder: `recordings/${recordingId}/${voice.track.trackId}`, rung: voice.rungs[0]! }
    : null;
}

function filesOf(folder: string, rung: RecordedRung, segment: RecordedRung['segments'][number]) {
  return {
    source: `${folder}/${rung.rungId}/${segmentName(segment)}`,
    init: `${folder}/${rung.rungId}/${initName(segment.init)}`,
  };
}

const rungsOf = ({ rungs }: RecordedFeed): RecordedRung[] =>
  rungs.filter(({ segments }) => segments.length > 0);

/** The rung of a feed for a line of the ladder; a feed with fewer layers gives its best. */
function rungAt(feed: RecordedFeed, rank: number): RecordedRung {
  const rungs = rungsOf(feed);
  return rungs[Math.min(rank, rungs.length - 1)]!;
}

const msOf = (ticks: number, { timescale }: RecordedRung): number => (ticks * 1_000) / timescale;

function keyAfter(rung: RecordedRung, ms: number): number | null {
  const found = rung.segments.find(({ start, key }) => key && msOf(start, rung) >= ms - 1);
  return found ? msOf(found.start, rung) : null;
}

function keyBefore(rung: RecordedRung, ms: number, notBefore: number): number | null {
  const found = rung.segments.findLast(({ start, key }) => key && msOf(start, rung) <= ms + SLACK_MS);
  return found && msOf(found.start, rung) > notBefore ? msOf(found.start, rung) : null;
}

function bandwidthOf({ segments, timescale }: RecordedRung): number {
  const media = segments.filter(({ filler }) => !filler);
  const rates = media.map(({ bytes, duration }) => (bytes * 8 * timescale) / Math.max(1, duration));
  return Math.ceil(Math.max(1, ...rates));
}
