import type { Sample } from '#platform/mp4/fragment.ts';
import { VIDEO_TIMESCALE } from '#platform/mp4/init-segment.ts';
import { type ParameterSets, withParameterSets } from '#platform/mp4/parameter-sets.ts';
import {
  AWAY_MS,
  type CutSegment,
  type Cutter,
  EARLIEST_ASKED_CUT_MS,
  EARLIEST_CUT_MS,
  FORCED_CUT_MS,
  LONGEST_MS,
} from './segment.ts';

const ticks = (ms: number) => (ms * VIDEO_TIMESCALE) / 1_000;
/** Pictures that would be shown at the same time or earlier are shown this much later than the one before. */
const SHORTEST_FRAME = ticks(1);
/** A first picture this close to the floor starts there: no sliver of a stand-in in between. */
const SNAP = ticks(100);
const USUAL_FRAME = ticks(33);
const LONGEST_USUAL_FRAME = ticks(500);

/** One decoded-order picture; Chrome and our transcoder send no B-frames, so it is also shown in this order. */
export interface VideoFrame {
  /** Lesson time in 1/90000 s. */
  time: number;
  key: boolean;
  data: Buffer;
  /** Set on key frames. */
  parameters: ParameterSets | undefined;
}

interface OpenSegment {
  start: number;
  frames: VideoFrame[];
  parameters: ParameterSets;
}

export class VideoCutter implements Cutter {
  readonly #emit: (segment: CutSegment) => void;
  #open: OpenSegment | undefined;
  #floor: number;
  #needsKey = true;
  #cutAsked = false;
  #parameters: ParameterSets | undefined;
  #last = Number.NEGATIVE_INFINITY;
  #usualFrame = USUAL_FRAME;
  #refusedBefore = Number.NEGATIVE_INFINITY;

  constructor(floor: number, emit: (segment: CutSegment) => void) {
    this.#floor = floor;
    this.#emit = emit;
  }

  get floor(): number {
    return this.#floor;
  }
  get isOpen(): boolean {
    return this.#open !== undefined;
  }
  get needsKey(): boolean {
    return this.#needsKey;
  }
  get openStart(): number {
    return this.#open?.start ?? Number.NaN;
  }

  /** True while the key frame asked for with {@link askCut} has not come and its segment is old enough for it. */
  owesCut(now: number): boolean {
    return this.#cutAsked && now - this.openStart >= ticks(EARLIEST_ASKED_CUT_MS);
  }

  /** Key frames are being asked for on every rung of the track: the next one ends the open segment. */
  askCut(): void {
    this.#cutAsked = true;
  }

  /** Pictures are missing: the last one is held until the next key frame. */
  lost(): void {
    this.#needsKey = true;
  }

  /** A key frame for `time` has begun to arrive: the segment before it can be listed already. */
  keyFrameStarts(time: number): void {
    const open = this.#open;
    if (open && this.#isCut(time - open.start) && time > this.#last) this.#closeAt(time);
  }

  /** Returns false when the picture could not be used. */
  frame(frame: VideoFrame): boolean {
    if (frame.time < this.#refusedBefore) {
      // What follows may refer to it.
      this.#needsKey = true;
      return false;
    }
    if (this.#needsKey && !frame.key) return false;
    const time = Math.max(Math.round(frame.time), this.#last + SHORTEST_FRAME);
    const open = this.#open;
    if (open) {
      const age = time - open.start;
      const changed = frame.key && frame.parameters?.key !== open.parameters.key;
      if (changed || (frame.key && this.#isCut(age)) || age >= ticks(FORCED_CUT_MS)) {
        this.#closeAt(time);
      }
    }
    if (frame.parameters) this.#parameters = frame.parameters;
    if (!this.#parameters) return false;
    this.#needsKey = false;
    const at = this.#open ? time : this.#startOf(frame, time);
    this.#open ??= { start: at, frames: [], parameters: this.#parameters };
    const data = frame.parameters ? withParameterSets(frame.parameters, frame.data) : frame.data;
    this.#open.frames.push({ ...frame, data, time: at });
    if (at - this.#last < LONGEST_USUAL_FRAME) this.#usualFrame = at - this.#last;
    this.#last = at;
    return true;
  }

  closeIfAway(now: number): void {
    if (this.#open && now - this.#last >= ticks(AWAY_MS)) this.#closeAt(Number.POSITIVE_INFINITY);
  }

  close(limit = Number.POSITIVE_INFINITY): void {
    const open = this.#open;
    if (!open) return;
    open.frames = open.frames.filter((frame) => frame.time < limit);
    const last = open.frames.at(-1);
    if (!last) {
      this.#open = undefined;
      return;
    }
    this.#last = last.time;
    this.#closeAt(limit);
  }

  refuseBefore(time: number): void {
    this.#refusedBefore = time;
    this.#needsKey = true;
  }

  claim(end: number): void {
    this.#floor = Math.max(this.#floor, end);
    // The stand-in is a picture of its own: what refers to earlier pictures would be shown as rubbish.
    this.#needsKey = true;
  }

  #isCut(age: number): boolean {
    return age >= ticks(this.#cutAsked ? EARLIEST_ASKED_CUT_MS : EARLIEST_CUT_MS);
  }

  /**
   * Where a segment begins whose first picture is due at `time`. One that is not a key frame continues the
   * pictures before it and so must follow them without a stand-in, a little early.
   */
  #startOf(frame: VideoFrame, time: number): number {
    if (!frame.key || time - this.#floor < SNAP) return this.#floor;
    return time;
  }

  /** Ends the open segment at `next`, where the following picture is due, or earlier if that is too far off. */
  #closeAt(next: number): void {
    const open = this.#open!;
    this.#open = undefined;
    this.#cutAsked = false;
    let end = next;
    if (next - open.start > ticks(LONGEST_MS)) {
      end = Math.min(this.#last + this.#usualFrame, next, open.start + ticks(LONGEST_MS));
    }
    this.#floor = end;
    const samples: Sample[] = open.frames.map((frame, index) => ({
      data: frame.data,
      duration: (open.frames[index + 1]?.time ?? end) - frame.time,
      sync: frame.key,
    }));
    this.#emit({ start: open.start, end, samples, parameters: open.parameters });
  }
}
