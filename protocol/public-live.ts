import { z } from 'zod';
import { Id, WallMs } from './ids.ts';
import { Replay } from './rest.ts';

/*
 * Streaming an open lesson to the public while it is held.
 *
 *   GET    /api/lessons/:id/live-stream     LiveStreamPolicy
 *   PUT    /api/lessons/:id/live-stream     SetLiveStream → LiveStreamPolicy   (asked for by who teaches)
 *   POST   /api/lessons/:id/live-stream/approve   { approved } → LiveStreamPolicy (the school's administrator)
 *   POST   /api/lessons/:id/live-stream/stop      { stopped } → LiveStreamPolicy
 *   GET    /api/live/:lessonId              PublicLive (nobody need be signed in)
 */

export const SetLiveStream = z.object({
  enabled: z.boolean(),
  delaySeconds: z.number().int().min(10).max(300),
});
export type SetLiveStream = z.infer<typeof SetLiveStream>;
export const LiveStreamPolicy = SetLiveStream.extend({
  approvedByName: z.string().nullable(),
  stoppedAt: WallMs.nullable(),
  mayAsk: z.boolean(),
  mayApprove: z.boolean(),
  mayStop: z.boolean(),
});
export type LiveStreamPolicy = z.infer<typeof LiveStreamPolicy>;

/**
 * What a stranger is told of a lesson that is streamed. `waiting`: not begun, or the delay is not over yet. The replay
 * has no timeline: chat, names and the board's events stay in the class.
 */
export const PublicLive = z.object({
  lessonId: Id,
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  teacherName: z.string(),
  organizationName: z.string(),
  plannedStart: WallMs,
  delaySeconds: z.number().int(),
  state: z.enum(['waiting', 'live', 'stopped', 'ended']),
  replay: Replay.nullable(),
});
export type PublicLive = z.infer<typeof PublicLive>;
