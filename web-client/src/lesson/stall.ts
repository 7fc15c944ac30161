/** A feed that should flow and gave nothing for this long is stalled, milliseconds. */
export const STALL_MS = 3_000;
/** How long each attempt to wake it may take before the next, stronger one. */
const ATTEMPT_MS = 4_000;
const MAX_WAIT_MS = 30_000;

/** What is known of one received feed. `progress` counts decoded frames or, for sound, packets. */
export interface StallState {
  readonly progress: number;
  readonly progressAt: number;
  readonly attempts: number;
  readonly attemptAt: number;
}

export interface StallStep {
  state: StallState;
  stalled: boolean;
  /** `refresh`: ask the SFU again (it asks for a key frame); `recreate`: a new consumer. */
  action: 'none' | 'refresh' | 'recreate';
}

/** A new consumer counts from 0, so 0 is not progress. */
export const freshStall = (now: number): StallState => ({
  progress: 0,
  progressAt: now,
  attempts: 0,
  attemptAt: 0,
});

/**
 * One sample of a feed. `expected` is false while nothing can come (the sender paused, the transport is
 * not connected): that time does not count. First the SFU is asked again, then the consumer is made
 * again, then ever more rarely, because the fault is probably on the sender's side.
 */
export function watchStall(state: StallState, progress: number, expected: boolean, now: number): StallStep {
  if (!expected) return { state: { ...freshStall(now), progress }, stalled: false, action: 'none' };
  if (progress !== state.progress)
    return {
      state: { progress, progressAt: now, attempts: 0, attemptAt: 0 },
      stalled: false,
      action: 'none',
    };
  if (now - state.progressAt < STALL_MS) return { state, stalled: false, action: 'none' };
  const wait = Math.min(MAX_WAIT_MS, ATTEMPT_MS * 2 ** Math.max(0, state.attempts - 1));
  if (state.attempts > 0 && now - state.attemptAt < wait) return { state, stalled: true, action: 'none' };
  const recreate = state.attempts > 0;
  return {
    state: {
      ...state,
      progress: recreate ? 0 : state.progress,
      attempts: state.attempts + 1,
      attemptAt: now,
    },
    stalled: true,
    action: recreate ? 'recreate' : 'refresh',
  };
}
