import { z } from 'zod';
import { Id } from './ids.ts';
import { Track } from './recorder-node.ts';

/*
 * The index of a recording: one line a file, the truth from which playlists are made. The recorder writes it
 * (`recordings/<recordingId>/index.ndjson`), whoever serves, checks or exports a recording reads it.
 */

const RungId = z.string().regex(/^[a-z0-9]{1,8}$/);
const count = z.number().int().nonnegative();
const file = { trackId: Id, rungId: RungId, bytes: count, sha256: z.string() };

/** Why a stretch holds a stand-in instead of media. */
export const GapCause = z.enum([
  /** The feed did not exist yet. */
  'late-start',
  /** The feed was closed. */
  'stopped',
  /** The feed is there but nothing (usable) came from it: lost line, reload, muted microphone. */
  'no-media',
  /** Somebody let the recording stand still. */
  'held',
  /** The recorder itself was not running. */
  'recorder-down',
  /** Nothing could be written. */
  'disk-full',
  /** The file was listed but is gone or torn. */
  'file-lost',
]);
export type GapCause = z.infer<typeof GapCause>;

export const SegmentRecord = z.object({
  type: z.literal('segment'),
  ...file,
  /** A later record with the same number replaces the earlier one. */
  number: count,
  /** 64 random bits in the file's name: who was not given a playlist cannot ask for a segment. */
  salt: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,16}$/)
    .default(''),
  init: count,
  /** Lesson time and length in the track's timescale (video 90000, audio 48000 ticks a second). */
  start: count,
  duration: count,
  /** When it was written, milliseconds since the Unix epoch. */
  wallMs: z.number(),
  /** True when decoding may start with it. */
  key: z.boolean(),
  /** Set on stand-ins only. */
  filler: GapCause.optional(),
});
export type SegmentRecord = z.infer<typeof SegmentRecord>;

export const InitRecord = z.object({
  type: z.literal('init'),
  ...file,
  init: count,
  codec: z.string(),
  width: count,
  height: count,
});
export type InitRecord = z.infer<typeof InitRecord>;

export const IndexRecord = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('recording'),
    version: z.literal(1),
    recordingId: Id,
    lessonId: Id,
    epochMs: z.number(),
  }),
  z.object({ type: z.literal('track'), track: Track, rungIds: z.array(RungId) }),
  InitRecord,
  SegmentRecord,
  /** The bell: every rung of every track covers `[0, durationMs)`. */
  z.object({ type: z.literal('end'), durationMs: z.number() }),
]);
export type IndexRecord = z.infer<typeof IndexRecord>;

export const initName = (init: number): string => `init-${init}.mp4`;

/** Recordings of before had no salt. */
export const segmentName = ({ number, salt }: Pick<SegmentRecord, 'number' | 'salt'>): string =>
  `${String(number).padStart(6, '0')}${salt ? `-${salt}` : ''}.m4s`;
