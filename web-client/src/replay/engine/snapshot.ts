import type { Id } from '#protocol/ids.ts';
import type { Clip } from '#protocol/programme.ts';
import type { Moment, ShownTime } from './shown-time.ts';
import type { Trouble } from './track-player.ts';

export interface ReplaySnapshot {
  readonly started: boolean;
  readonly playing: boolean;
  readonly buffering: boolean;
  readonly ended: boolean;
  /** Of several that follow one another, the one that plays. */
  readonly recordingId: Id;
  /** Time and length of that recording, in its lesson's time. */
  readonly timeMs: number;
  readonly durationMs: number;
  /** Time and length of what is shown: without what was cut out, and of all recordings together. */
  readonly shownMs: number;
  readonly shownDurationMs: number;
  readonly rate: number;
  readonly muted: boolean;
  /** 0 to 1. */
  readonly volume: number;
  /** Rungs of the leading picture; the chosen one, or null while the line decides. */
  readonly heights: readonly number[];
  readonly height: number | null;
  readonly trouble: Trouble | null;
  readonly atLiveEdge: boolean;
  /** Whether the leader plays its participant's voice; null until its playlist was read. */
  readonly leaderHasSound: boolean | null;
}

export interface AttachOptions {
  playlist: string;
  leader: boolean;
  silent: boolean;
  /** Just before a programme jumps, to a time of the element in s: what is decoded on the way may be cut out. */
  onJump?: ((toS: number) => void) | undefined;
}

export interface EngineOptions {
  recordingId: Id;
  /** What is shown of which recordings, one after the other; null for the whole of one. */
  clips?: Clip[] | null;
  /** On the time that is shown. */
  startAtMs: number | 'live';
  live: boolean;
  durationMs: number;
  /** Addresses may have run out: {@link ReplayEngine.know} the new ones. */
  onStale?: () => void;
}

/** What an engine shows before anything of it has played. */
export const standing = (options: EngineOptions, shown: ShownTime, begin: Moment): ReplaySnapshot => ({
  started: false,
  playing: false,
  buffering: false,
  ended: false,
  recordingId: begin.recordingId,
  timeMs: begin.ms,
  durationMs: options.durationMs,
  shownMs: shown.within(begin),
  shownDurationMs: shown.lengthOf(options.durationMs),
  rate: 1,
  muted: false,
  volume: 1,
  heights: [],
  height: null,
  trouble: null,
  atLiveEdge: false,
  leaderHasSound: null,
});
