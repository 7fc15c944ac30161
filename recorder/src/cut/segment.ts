import type { Sample } from '#platform/mp4/fragment.ts';
import type { ParameterSets } from '#platform/mp4/parameter-sets.ts';

/** Segment length aimed at, in milliseconds; players are promised `EXT-X-TARGETDURATION:3`. */
export const SEGMENT_MS = 2_000;
/** A segment may end at the first key frame from here on: key frames asked for every 2 s arrive a little early or late. */
export const EARLIEST_CUT_MS = 1_900;
/** A key frame that was asked for in order to cut may end a segment from here on: rungs that fell out of step fall in again. */
export const EARLIEST_ASKED_CUT_MS = 950;
/** A segment is cut here without a key frame. */
export const FORCED_CUT_MS = 3_400;
/** Nothing may be longer: EXTINF rounded to seconds must not exceed the target duration. */
export const LONGEST_MS = 3_450;
/** Media silent for this long is away: stand-ins are written. Longer than the longest wait for a lost packet. */
export const AWAY_MS = 3_000;

/** A stretch of media cut out of a rung, ready to be muxed. Times are lesson time in the track's timescale. */
export interface CutSegment {
  start: number;
  end: number;
  samples: Sample[];
  /** Undefined for audio. */
  parameters: ParameterSets | undefined;
}

/**
 * Cuts one rung's media into segments. What it emits never overlaps and never goes back; holes between
 * segments are the writer's to fill.
 */
export interface Cutter {
  /** End of what has been emitted or claimed by stand-ins: nothing may start before it. */
  readonly floor: number;
  readonly isOpen: boolean;
  /** True when only a key frame can be used next. */
  readonly needsKey: boolean;
  /** Start of the open segment; NaN without one. */
  readonly openStart: number;
  /** Closes the open segment if its media has been away since before `now`. */
  closeIfAway(now: number): void;
  /** Closes the open segment: no more media, or none after `limit`. */
  close(limit?: number): void;
  /** Media from before this moment is not kept; `Infinity`: none at all, until told otherwise. */
  refuseBefore(time: number): void;
  /** A stand-in was put up to `end`. */
  claim(end: number): void;
}
