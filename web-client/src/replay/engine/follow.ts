/** Further apart than this, seconds, and a follower jumps instead of hurrying. */
export const JUMP_S = 0.3;
/** Nobody hears or sees less than this, seconds. */
const CLOSE_ENOUGH_S = 0.04;
/** How much faster or slower than its leader a follower may run: more would be heard. */
const MOST_NUDGE = 0.08;

export interface FollowStep {
  /** Where to jump, seconds; null to stay. */
  seekTo: number | null;
  playbackRate: number;
}

/**
 * What keeps one media element in step with another: both times in seconds of the same lesson, `rate`
 * the leader's speed. Small differences are run off within about a second, larger ones jumped.
 */
export function follow(leader: number, follower: number, rate: number): FollowStep {
  const ahead = follower - leader;
  if (Math.abs(ahead) > JUMP_S) return { seekTo: leader, playbackRate: rate };
  if (Math.abs(ahead) <= CLOSE_ENOUGH_S) return { seekTo: null, playbackRate: rate };
  const nudge = Math.max(-MOST_NUDGE, Math.min(MOST_NUDGE, ahead));
  return { seekTo: null, playbackRate: rate * (1 - nudge) };
}
