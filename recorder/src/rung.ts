import type { GapCause } from '#protocol/recording-index.ts';
import { AWAY_MS, type CutSegment, type Cutter, SEGMENT_MS } from './cut/segment.ts';
import type { RungWriter } from './write/rung-writer.ts';

/** A hole below this is left to what comes next: no sliver of a stand-in. */
export const SHORTEST_STAND_IN_MS = 100;

/** One playlist of a track: a cutter that takes media in, a writer that puts segments out. */
export class Rung<C extends Cutter = Cutter> {
  readonly rungId: string;
  readonly cutter: C;
  readonly writer: RungWriter;
  readonly #ticksPerMs: number;

  /** `makeCutter` gets the time where the listed segments end, and where to hand what it cuts. */
  constructor(
    rungId: string,
    writer: RungWriter,
    makeCutter: (floor: number, emit: (segment: CutSegment) => void) => C,
  ) {
    this.rungId = rungId;
    this.writer = writer;
    this.#ticksPerMs = writer.ledger.timescale / 1_000;
    this.cutter = makeCutter(writer.ledger.end, (segment) => writer.segment(segment));
  }

  /** While media is away, lets stand-ins follow lesson time `now` (ms) at a distance in which late media may still come. */
  follow(now: number, cause: GapCause | undefined): void {
    const { cutter } = this;
    cutter.closeIfAway(now * this.#ticksPerMs);
    while (!cutter.isOpen && now - cutter.floor / this.#ticksPerMs >= AWAY_MS) {
      const end = cutter.floor + SEGMENT_MS * this.#ticksPerMs;
      this.writer.fill(end, cause);
      cutter.claim(end);
    }
  }

  /** Nothing is kept from `fromMs` on; what follows is marked as held. */
  hold(fromMs: number): void {
    const from = this.toTicks(fromMs);
    this.cutter.close(from);
    this.cutter.refuseBefore(Number.POSITIVE_INFINITY);
    // What was missing before the hold has its own cause.
    this.#standInTo(from, undefined);
    this.writer.fill(this.cutter.floor, 'held');
  }

  /** Media of `atMs` and later is kept again. */
  resume(atMs: number): void {
    const at = this.toTicks(atMs);
    this.#standInTo(at, 'held');
    this.cutter.refuseBefore(Math.max(at, this.cutter.floor));
  }

  #standInTo(end: number, cause: GapCause | undefined): void {
    if (end - this.cutter.floor < SHORTEST_STAND_IN_MS * this.#ticksPerMs) return;
    this.writer.fill(end, cause);
    this.cutter.claim(end);
  }

  /** The bell: nothing at or after `endMs` is kept. */
  close(endMs: number): void {
    this.cutter.close(Math.round(endMs * this.#ticksPerMs));
  }

  /** Ticks since the open segment began and so on are in this many a millisecond. */
  toTicks(ms: number): number {
    return Math.round(ms * this.#ticksPerMs);
  }

  toMs(ticks: number): number {
    return ticks / this.#ticksPerMs;
  }
}
