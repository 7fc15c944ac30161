/** Window of the minimum filter, in buckets of one second. */
const BUCKETS = 8;
const BUCKET_MS = 1_000;
/** A minimum that stays this far off for {@link JUMP_PERSIST_MS} is a jump of the sender's clock, not jitter. */
const JUMP_MS = 500;
const JUMP_PERSIST_MS = 2_000;
/** No queue on the way holds a packet this long: the sender's timestamps restarted. */
const CERTAIN_JUMP_MS = 5_000;
/** How fast the mapping may move, as a share of elapsed time: quick at first, then below what an ear notices. */
const FIRST_SLEW = 0.05;
const FIRST_SLEW_MS = 4_000;
const SLEW = 0.005;

/**
 * Maps one stream's RTP timestamps to lesson time (milliseconds since the recording's epoch).
 *
 * A packet is never early, only late, so the smallest (arrival − timestamp) of the last seconds is the best
 * guess at the sender's clock. mediasoup's sender reports add nothing to this: it makes them from its own
 * arrival times. The windowed minimum also follows slow drift (50 ppm is 0.4 ms over the window). Jumps are
 * re-anchored at once when a packet would lie in the future, which only a jump explains, and after two
 * seconds when everything is late, which a stalled line explains as well.
 */
export class LessonClock {
  readonly #msPerTick: number;
  readonly #minima = new Float64Array(BUCKETS).fill(Number.POSITIVE_INFINITY);
  #bucket = -1;
  /** Unwrapped timestamp of the packet observed last. */
  #ticks = 0;
  #offset = Number.NaN;
  #anchoredAt = 0;
  #observedAt = 0;
  #lateSince = Number.NaN;

  constructor(clockRate: number) {
    this.#msPerTick = 1_000 / clockRate;
  }

  /** Tells of a packet with RTP timestamp `timestamp` that arrived at lesson time `arrival` (ms). */
  observe(timestamp: number, arrival: number): void {
    const ticks = Number.isNaN(this.#offset) ? timestamp : this.#unwrap(timestamp);
    this.#ticks = ticks;
    const offset = arrival - ticks * this.#msPerTick;
    const late = offset - this.#offset;
    if (this.#jumped(late, arrival)) {
      this.#anchor(offset, arrival);
      return;
    }
    this.#remember(offset, arrival);
    const elapsed = Math.min(Math.max(arrival - this.#observedAt, 0), 1_000);
    this.#observedAt = arrival;
    const slew = arrival - this.#anchoredAt < FIRST_SLEW_MS ? FIRST_SLEW : SLEW;
    const step = elapsed * slew;
    this.#offset += Math.min(Math.max(this.#minimum() - this.#offset, -step), step);
  }

  /** Lesson time in milliseconds of an RTP timestamp near the one observed last. */
  map(timestamp: number): number {
    return this.#unwrap(timestamp) * this.#msPerTick + this.#offset;
  }

  #minimum(): number {
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index < BUCKETS; index++)
      if (this.#minima[index]! < least) least = this.#minima[index]!;
    return least;
  }

  #unwrap(timestamp: number): number {
    // Signed difference modulo 2^32.
    return this.#ticks + ((timestamp - this.#ticks) | 0);
  }

  #jumped(late: number, arrival: number): boolean {
    if (Number.isNaN(late) || late < -JUMP_MS || late > CERTAIN_JUMP_MS) return true;
    if (late <= JUMP_MS) {
      this.#lateSince = Number.NaN;
      return false;
    }
    if (Number.isNaN(this.#lateSince)) this.#lateSince = arrival;
    return arrival - this.#lateSince >= JUMP_PERSIST_MS;
  }

  #anchor(offset: number, arrival: number): void {
    this.#offset = offset;
    this.#minima.fill(Number.POSITIVE_INFINITY);
    this.#bucket = -1;
    this.#lateSince = Number.NaN;
    this.#anchoredAt = arrival;
    this.#observedAt = arrival;
    this.#remember(offset, arrival);
  }

  #remember(offset: number, arrival: number): void {
    const bucket = Math.floor(arrival / BUCKET_MS);
    // A jump over several buckets (a silent stream) must not leave stale minima behind.
    while (this.#bucket < bucket) {
      this.#bucket = Math.max(this.#bucket + 1, bucket - BUCKETS + 1);
      this.#minima[modulo(this.#bucket)] = Number.POSITIVE_INFINITY;
    }
    const index = modulo(bucket);
    if (offset < this.#minima[index]!) this.#minima[index] = offset;
  }
}

const modulo = (bucket: number) => ((bucket % BUCKETS) + BUCKETS) % BUCKETS;
