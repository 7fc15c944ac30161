import { z } from 'zod';
import type { RecordingContents } from '#platform/recording-index.ts';
import { AppError } from '#protocol/errors.ts';
import type { ExportRequest } from '#protocol/export.ts';
import { Id } from '#protocol/ids.ts';
import { type Clip, Layout, type Programme, type Shot } from '#protocol/programme.ts';

/* What an MP4 is made of, worked out before anything heavy begins: pure functions from programme and cut. */

/** A stretch of one recording with one picture, `[fromMs, toMs)` in that lesson's time. */
export const Piece = z.object({
  recordingId: Id,
  fromMs: z.number(),
  toMs: z.number(),
  layout: Layout,
  /** Video tracks, the first in the first place; none: black. */
  trackIds: z.array(Id),
});
export type Piece = z.infer<typeof Piece>;

/** A stretch of one recording with the voices that are heard in it. */
export const Sound = z.object({
  recordingId: Id,
  fromMs: z.number(),
  toMs: z.number(),
  trackIds: z.array(Id),
});
export type Sound = z.infer<typeof Sound>;

/** All that the heavy part has to know. Pieces and sounds are in order and come to the same length. */
export const ExportTask = z.object({
  blobKey: z.string(),
  pieces: z.array(Piece),
  sounds: z.array(Sound).min(1),
  /** Bytes of the disk that are left to lessons being recorded. */
  keepFreeBytes: z.number().nonnegative(),
});
export type ExportTask = z.infer<typeof ExportTask>;

/** A recording as the plan needs it. */
export interface PlannedRecording {
  contents: Pick<RecordingContents, 'feeds'>;
  /** Its director's cut, in order of time. */
  shots: readonly Shot[];
}

export type Plan = Pick<ExportTask, 'pieces' | 'sounds'>;

/** @throws AppError EXPORT_EMPTY when nothing of it has a picture or a sound. */
export function planExport(
  what: ExportRequest['what'],
  { clips, hiddenTrackIds }: Pick<Programme, 'clips' | 'hiddenTrackIds'>,
  recordings: ReadonlyMap<string, PlannedRecording>,
): Plan {
  const hidden = new Set<string>(hiddenTrackIds);
  const plan: Plan = { pieces: [], sounds: [] };
  for (const clip of clips) {
    const recording = recordings.get(clip.recordingId);
    if (!recording) continue;
    const part =
      what === 'programme'
        ? ofProgramme(clip, recording, hidden)
        : ofTrack(clip, recording, what.trackId, hidden);
    if (!part) continue;
    for (const piece of part.pieces) addPiece(plan.pieces, piece);
    plan.sounds.push(part.sound);
  }
  const seen = plan.pieces.some(({ trackIds }) => trackIds.length > 0);
  const heard = plan.sounds.some(({ trackIds }) => trackIds.length > 0);
  if (!seen && !heard) throw new AppError('EXPORT_EMPTY', 'there is nothing to see or hear in it');
  return { pieces: seen ? plan.pieces : [], sounds: plan.sounds };
}

interface Part {
  pieces: Piece[];
  sound: Sound;
}

function ofProgramme(clip: Clip, { contents, shots }: PlannedRecording, hidden: Set<string>): Part {
  const visible = (id: string) => !hidden.has(id) && contents.feeds.get(id)?.track.kind === 'video';
  const all = [...contents.feeds.keys()].filter(visible);
  const face = all.find((id) => contents.feeds.get(id)!.track.role === 'teacher') ?? all[0];
  const own = shots.filter(({ recordingId }) => recordingId === clip.recordingId);
  const starts = [
    clip.fromMs,
    ...own.map(({ atMs }) => atMs).filter((ms) => ms > clip.fromMs && ms < clip.toMs),
  ];
  const pieces = starts.map((fromMs, index): Piece => {
    const shot = own.findLast(({ atMs }) => atMs <= fromMs) ?? own[0];
    const shown = (shot?.feedIds ?? []).filter(visible);
    // The board is vectors and has no track: what is beside it takes its place.
    const trackIds = shown.length > 0 ? shown : face ? [face] : [];
    const layout = trackIds.length < 2 || !shot ? 'single' : shot.layout;
    return {
      recordingId: clip.recordingId,
      fromMs,
      toMs: starts[index + 1] ?? clip.toMs,
      layout,
      trackIds: layout === 'single' ? trackIds.slice(0, 1) : trackIds,
    };
  });
  const mics = [...contents.feeds.values()]
    .filter(({ track }) => track.kind === 'audio' && !hidden.has(track.trackId))
    .map(({ track }) => track.trackId);
  return { pieces, sound: { ...span(clip), trackIds: mics } };
}

function ofTrack(
  clip: Clip,
  { contents }: PlannedRecording,
  trackId: string,
  hidden: Set<string>,
): Part | undefined {
  const feed = contents.feeds.get(trackId);
  if (!feed || hidden.has(trackId)) return undefined;
  const isVideo = feed.track.kind === 'video';
  const mics = [...contents.feeds.values()].filter(
    ({ track }) =>
      track.kind === 'audio' &&
      !hidden.has(track.trackId) &&
      (track.trackId === trackId || (isVideo && track.participantId === feed.track.participantId)),
  );
  return {
    pieces: [{ ...span(clip), layout: 'single', trackIds: isVideo ? [trackId] : [] }],
    sound: { ...span(clip), trackIds: mics.map(({ track }) => track.trackId) },
  };
}

const span = ({ recordingId, fromMs, toMs }: Clip) => ({ recordingId, fromMs, toMs });

/** Pictures that go on as they were are one piece: no joint is made where there is none. */
function addPiece(pieces: Piece[], next: Piece): void {
  const last = pieces.at(-1);
  const goesOn =
    last &&
    last.recordingId === next.recordingId &&
    last.toMs === next.fromMs &&
    last.layout === next.layout &&
    last.trackIds.join() === next.trackIds.join();
  if (goesOn) last.toMs = next.toMs;
  else pieces.push({ ...next });
}
