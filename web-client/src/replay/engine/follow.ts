/** Further apart than this, seconds, and a follower jumps instead of hurrying. */
export const JUMP_S = 0.3;
/** Sound that is 45 ms from its picture is noticed; from here on a follower is brought back, seconds. */
const CLOSE_ENOUGH_S = 0.03;
/** Once it is being brought back it goes on to here: at the very edge it would soon be over it again. */
const IN_STEP_S = 0.01;
/** How much faster or slower than its leader a follower may run: more would be heard. */
const MOST_NUDGE = 0.08;

export interface FollowStep {
  /** Where to jump, seconds; null to stay. */
  seekTo: number | null;
  playbackRate: number;
}

/**
 * What keeps one media element in step with another: both times in seconds of the same lesson, `rate`
 * the leader's speed, `nudged` whether the follower runs at another one now. Small differences are run off within about a second, larger ones jumped.
 */
export function follow(leader: number, follower: number, rate: number, nudged = false): FollowStep {
  const ahead = follower - leader;
  if (Math.abs(ahead) > JUMP_S) return { seekTo: leader, playbackRate: rate };
  if (Math.abs(ahead) <= (nudged ? IN_STEP_S : CLOSE_ENOUGH_S)) return { seekTo: null, playbackRate: rate };
  const nudge = Math.max(-MOST_NUDGE, Math.min(MOST_NUDGE, ahead));
  return { seekTo: null, playbackRate: rate * (1 - nudge) };
}
