import type { Sample } from '#platform/mp4/fragment.ts';
import { AUDIO_TIMESCALE } from '#platform/mp4/init-segment.ts';
import { OPUS_SILENCE, OPUS_SILENCE_TICKS } from '../write/stand-ins.ts';
import { AWAY_MS, type CutSegment, type Cutter, SEGMENT_MS } from './segment.ts';

const ticks = (ms: number) => (ms * AUDIO_TIMESCALE) / 1_000;
const GRID = ticks(SEGMENT_MS);
/** Below this the packet is on time; slow differences are taken up by {@link MAX_STRETCH}. */
const TOLERANCE = ticks(20);
/** A packet this much earlier than its place is left out. */
const TOO_EARLY = ticks(40);
/** Holes up to this length are filled inside the segment; longer ones are the writer's. */
const LONGEST_SILENCE = ticks(1_000);
/** A sample's duration gives way by this much (0.5 %) to follow the sender's clock: nobody hears it. */
const MAX_STRETCH = 5;

/**
 * Lays Opus packets end to end on the lesson's time. Audio samples must be contiguous, so a lost or muted
 * stretch becomes packets of silence.
 */
export class AudioCutter implements Cutter {
  readonly #emit: (segment: CutSegment) => void;
  #samples: Sample[] = [];
  #open = false;
  #start = 0;
  #end = 0;
  #target = 0;
  #floor: number;
  #refusedBefore = Number.NEGATIVE_INFINITY;
  readonly needsKey = false;

  constructor(floor: number, emit: (segment: CutSegment) => void) {
    this.#floor = floor;
    this.#emit = emit;
  }

  get floor(): number {
    return this.#floor;
  }
  get isOpen(): boolean {
    return this.#open;
  }
  get openStart(): number {
    return this.isOpen ? this.#start : Number.NaN;
  }

  /** `time` is lesson time in 1/48000 s, `duration` the packet's length. Returns false when it is not kept. */
  packet(time: number, duration: number, data: Buffer): boolean {
    if (time < this.#refusedBefore) return false;
    const late = Math.round(time) - (this.isOpen ? this.#end : this.#floor);
    if (late < -TOO_EARLY) return false;
    if (late > LONGEST_SILENCE) {
      this.close();
      this.#begin(Math.round(time));
    } else {
      if (!this.isOpen) this.#begin(this.#floor);
      if (late > TOLERANCE) this.#silence(late);
    }
    const error = Math.round(time) - this.#end;
    this.#append(data, duration + Math.max(-MAX_STRETCH, Math.min(MAX_STRETCH, error)));
    return true;
  }

  closeIfAway(now: number): void {
    if (this.isOpen && now - this.#end >= ticks(AWAY_MS)) this.close();
  }

  close(limit = Number.POSITIVE_INFINITY): void {
    if (!this.isOpen) return;
    while (this.#end > limit) {
      this.#end -= this.#samples.pop()?.duration ?? Number.POSITIVE_INFINITY;
    }
    if (this.#samples.length === 0) {
      this.#open = false;
      return;
    }
    const rest = limit - this.#end;
    if (rest > 0 && rest <= LONGEST_SILENCE) this.#silence(rest);
    if (!this.#open) return;
    this.#cut();
  }

  refuseBefore(time: number): void {
    this.#refusedBefore = time;
  }

  claim(end: number): void {
    this.#floor = Math.max(this.#floor, end);
  }

  #begin(start: number): void {
    this.#open = true;
    this.#start = start;
    this.#end = start;
    this.#target = (Math.floor(start / GRID) + 1) * GRID;
    if (this.#target - start < GRID / 2) this.#target += GRID;
  }

  #silence(length: number): void {
    const count = Math.max(1, Math.floor(length / OPUS_SILENCE_TICKS));
    for (let index = 1; index <= count; index++) {
      const duration = Math.round((length * index) / count) - Math.round((length * (index - 1)) / count);
      this.#append(OPUS_SILENCE, duration);
    }
  }

  #append(data: Buffer, duration: number): void {
    if (!this.#open) this.#begin(this.#floor);
    this.#samples.push({ data, duration, sync: true });
    this.#end += duration;
    if (this.#end >= this.#target) this.#cut();
  }

  #cut(): void {
    const samples = this.#samples;
    this.#samples = [];
    this.#open = false;
    this.#floor = this.#end;
    this.#emit({ start: this.#start, end: this.#end, samples, parameters: undefined });
  }
}
