import { z } from 'zod';
import { FeedRole, MediaKind } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { Span } from './rest.ts';

export const RecorderEndpoint = z.object({
  ip: z.string().max(64),
  port: z.number().int().min(1).max(65535),
});
export type RecorderEndpoint = z.infer<typeof RecorderEndpoint>;

/** One RTP stream to record: one simulcast layer of a video feed, or an audio feed. RTCP is muxed. */
export const Rung = z.object({
  /** `l0`, `l1`, `l2` from the smallest layer up; `a` for audio. Stable for a track. */
  rungId: z.string().regex(/^[a-z0-9]{1,8}$/),
  ssrc: z.number().int().nonnegative(),
  payloadType: z.number().int().min(0).max(127),
  mimeType: z.string().max(64),
  clockRate: z.number().int().positive(),
  channels: z.number().int().positive().optional(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type Rung = z.infer<typeof Rung>;

/** One recorded feed. The track's id is its feed's id. */
export const Track = z.object({
  trackId: Id,
  participantId: Id,
  role: FeedRole,
  kind: MediaKind,
});
export type Track = z.infer<typeof Track>;

const recording = { recordingId: Id };
const Nothing = z.object({});

export const RecorderCommand = z.discriminatedUnion('type', [
  /**
   * Opens the recording's UDP endpoint; goes on with what is on disk when there is something (after a
   * crash). Idempotent: again it answers with the same endpoint.
   */
  z.object({ type: z.literal('recording.start'), ...recording, lessonId: Id, epochMs: WallMs }),
  /** Begins or, after a reload, goes on with a track: the rungs replace the earlier ones. Idempotent. */
  z.object({ type: z.literal('track.set'), ...recording, track: Track, rungs: z.array(Rung).min(1).max(8) }),
  /** The feed is closed: the open segment is flushed, filler follows. */
  z.object({ type: z.literal('track.pause'), ...recording, trackId: Id }),
  /** Nothing is kept from lesson time `atMs` on, or media is kept again; it stays one recording. Idempotent. */
  z.object({
    type: z.literal('recording.hold'),
    ...recording,
    held: z.boolean(),
    atMs: z.number().nonnegative(),
  }),
  /** The bell has rung. Idempotent; also for a recording this process never saw (found on disk). */
  z.object({ type: z.literal('recording.finalize'), ...recording, epochMs: WallMs, endMs: z.number() }),
]);
export type RecorderCommand = z.infer<typeof RecorderCommand>;
export type RecorderCommandType = RecorderCommand['type'];

export const RecordedTrack = Track.extend({
  /** Path of the master playlist below the recording's folder. */
  playlist: z.string(),
  spans: z.array(Span),
});
export type RecordedTrack = z.infer<typeof RecordedTrack>;

export const RecorderReplies = {
  'recording.start': z.object({ endpoint: RecorderEndpoint }),
  'track.set': Nothing,
  'track.pause': Nothing,
  'recording.hold': Nothing,
  'recording.finalize': z.object({ durationMs: z.number(), tracks: z.array(RecordedTrack) }),
} as const satisfies Record<RecorderCommandType, z.ZodType>;

/** All that a recorder carries, told on every (re)connect. */
export const RecorderReport = z.object({
  recordings: z.array(
    z.object({ ...recording, lessonId: Id, endpoint: RecorderEndpoint, trackIds: z.array(Id) }),
  ),
});
export type RecorderReport = z.infer<typeof RecorderReport>;

/** How it is with a track now: kept, nothing comes, its feed is closed, or the recording stands still. */
export const TrackCondition = z.enum(['recorded', 'gap', 'stopped', 'held']);
export type TrackCondition = z.infer<typeof TrackCondition>;

/** How a recording goes; told every two seconds and kept nowhere. */
export const RecordingStatus = z.object({
  /** On the disk so far. */
  bytes: z.number().nonnegative(),
  /** Over the last half minute; null until known, and as before while the recording stands still. */
  bytesPerSecond: z.number().nonnegative().nullable(),
  /** Of all recordings on the same disk. */
  diskBytesPerSecond: z.number().nonnegative().nullable(),
  diskFreeBytes: z.number().nonnegative().nullable(),
  tracks: z.array(z.object({ trackId: Id, condition: TrackCondition })),
});
export type RecordingStatus = z.infer<typeof RecordingStatus>;

export const RecorderEvent = z.discriminatedUnion('type', [
  /** The first playable segment of a track is listed, or its spans changed (media went away or came back). */
  z.object({
    type: z.literal('track.spans'),
    ...recording,
    lessonId: Id,
    track: RecordedTrack,
    durationMs: z.number(),
  }),
  z.object({
    type: z.literal('gap'),
    ...recording,
    lessonId: Id,
    trackId: Id,
    fromMs: z.number(),
    toMs: z.number(),
    cause: z.string().max(64),
  }),
  /** `trouble` with RECORDING_DISK_FULL when writing fails, null when it works again. */
  z.object({
    type: z.literal('trouble'),
    ...recording,
    lessonId: Id,
    code: z.enum(['RECORDING_DISK_FULL']).nullable(),
  }),
  z.object({ type: z.literal('status'), ...recording, lessonId: Id, ...RecordingStatus.shape }),
]);
export type RecorderEvent = z.infer<typeof RecorderEvent>;
