import type { LiveState } from '#protocol/live-state.ts';

/** Shorter than this nobody notices. */
const WORTH_MS = 15_000;
/** The offer stands this long after coming back. */
const OFFERED_MS = 5 * 60_000;

/** What a room did not see, in lesson time, ms; `key` names the absence. */
export interface Missed {
  readonly key: number;
  readonly fromMs: number;
  readonly lengthMs: number;
}

/** What `participantId` may want to see now that it is back; null while there is nothing to offer. */
export function missedBy(
  { participants, recording, state }: LiveState,
  participantId: string | null,
  now: number,
): Missed | null {
  const missed = participantId ? participants.get(participantId)?.missed : null;
  if (!missed || !recording || state !== 'live' || now - missed.to > OFFERED_MS) return null;
  const from = Math.max(missed.from, recording.epochMs);
  const lengthMs = missed.to - from;
  return lengthMs < WORTH_MS ? null : { key: missed.to, fromMs: from - recording.epochMs, lengthMs };
}
