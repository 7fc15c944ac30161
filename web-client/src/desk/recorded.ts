import type { LiveState } from '#protocol/live-state.ts';

/** How much of the lesson is on the disk, ms: the time since the recording began without its pauses. `now`: wall ms. */
export function recordedMs({ recording, directing }: LiveState, now: number): number {
  if (!recording) return 0;
  const { heldAt, holds } = directing;
  const held = holds.reduce((sum, { from, to }) => sum + to - from, 0);
  return Math.max(0, (heldAt ?? now) - recording.epochMs - held);
}

export type RecordingMood = 'off' | 'waiting' | 'on' | 'held' | 'trouble';

/** How the recording is at one look. `waiting`: it will begin by itself, or was asked for before the bell. */
export function moodOf({ recording, directing, state }: LiveState, byItself: boolean): RecordingMood {
  if (!recording) return state !== 'live' && (byItself || directing.asked) ? 'waiting' : 'off';
  if (directing.heldAt !== null) return 'held';
  return recording.trouble === null ? 'on' : 'trouble';
}
