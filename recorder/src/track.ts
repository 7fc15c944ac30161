import { AUDIO_TIMESCALE, VIDEO_TIMESCALE } from '#platform/mp4/init-segment.ts';
import { AppError } from '#protocol/errors.ts';
import type {
  RecordedTrack,
  Rung as RungSpec,
  TrackCondition,
  Track as TrackInfo,
} from '#protocol/recorder-node.ts';
import type { InitRecord, SegmentRecord } from '#protocol/recording-index.ts';
import type { Span } from '#protocol/rest.ts';
import { AudioCutter } from './cut/audio-cutter.ts';
import { AWAY_MS, type Cutter, SEGMENT_MS } from './cut/segment.ts';
import { VideoCutter } from './cut/video-cutter.ts';
import type { LessonClock } from './receive/lesson-clock.ts';
import { H264Source, type MediaSource, type Now, OpusSource, Vp8Source } from './receive/payload-sources.ts';
import { readPacer } from './receive/read-pacer.ts';
import { RtpStream } from './receive/rtp-stream.ts';
import { Rung } from './rung.ts';
import type { RungWriterOptions } from './write/rung-writer.ts';
import { RungWriter } from './write/rung-writer.ts';

/** A key frame that does not come is asked for again after this long. */
const ASK_AGAIN_MS = 250;
/** How long the process only dozes when a key frame or a lost packet is expected; looked at again while it is. */
const NEAR_MS = 60;
/** Age of an open segment, in ms, at which the key frame that ends it is expected (answered request or fixed pace). */
const CUT_EXPECTED = [1_850, 2_200] as const;
/** A stream that has been silent for this long is asked less often. */
const SILENT_MS = 2_000;

export interface TrackOptions {
  info: TrackInfo;
  now: Now;
  /** What the writers need besides the rung's own names. */
  writing: Pick<RungWriterOptions, 'blobs' | 'index' | 'epochMs'> & { folder: string };
  listed(rung: Rung): void;
  trouble(rung: Rung, error: unknown): void;
}

interface Input {
  spec: RungSpec;
  stream: RtpStream;
  source: MediaSource;
  rungs: Rung[];
  askedAt: number;
}

/** One feed's recording: its rungs, and the RTP streams that feed them at the moment. */
export class Track {
  readonly info: TrackInfo;
  readonly rungs: Rung[] = [];
  readonly #options: TrackOptions;
  readonly #timescale: number;
  #inputs: Input[] = [];
  /** Undefined until the feed was announced to this process: a finalize may come before it. */
  #state: 'recording' | 'stopped' | undefined;
  #nextCut = 0;
  /** Lesson time (ms) from which on nothing is kept; null while it is. */
  #heldFrom: number | null = null;

  constructor(options: TrackOptions) {
    this.#options = options;
    this.info = options.info;
    this.#timescale = options.info.kind === 'video' ? VIDEO_TIMESCALE : AUDIO_TIMESCALE;
  }

  get streams(): RtpStream[] {
    return this.#inputs.map((input) => input.stream);
  }

  /** How many ffmpegs are at work for it (VP8 feeds only). */
  get transcoders(): number {
    return this.#inputs.filter(({ source }) => source instanceof Vp8Source && source.isTranscoding).length;
  }

  /** Takes over one rung of an earlier process. `end` (ms) is set when the bell had rung already. */
  async restoreRung(
    rungId: string,
    inits: InitRecord[],
    segments: SegmentRecord[],
    end?: number,
  ): Promise<void> {
    const writer = this.#makeWriter(rungId);
    await writer.restore(
      inits,
      segments,
      end === undefined ? undefined : Math.round((end * this.#timescale) / 1_000),
    );
    this.#addRung(rungId, writer);
  }

  /**
   * Begins with, or goes on with, these streams. The rungs are those of the first time for good, because a
   * playlist must cover the whole lesson: a stream of a new layer is left out, and a rung whose layer is
   * gone takes the nearest one that is there.
   */
  set(specs: RungSpec[]): void {
    const sorted = [...specs].sort((a, b) => (a.rungId < b.rungId ? -1 : 1));
    this.#state = 'recording';
    if (this.rungs.length === 0) {
      for (const { rungId } of sorted) this.#addRung(rungId, this.#makeWriter(rungId));
    }
    const wanted = new Map<RungSpec, Rung[]>();
    for (const rung of this.rungs) {
      const spec = sorted.findLast((candidate) => candidate.rungId <= rung.rungId) ?? sorted[0]!;
      wanted.set(spec, [...(wanted.get(spec) ?? []), rung]);
    }
    if (this.#sameAs(wanted)) return;
    this.#drop();
    this.#inputs = [...wanted].map(([spec, rungs]) => this.#makeInput(spec, rungs));
    this.#nextCut = this.#options.now();
  }

  /** The feed is closed; stand-ins follow until it is set again. */
  pause(): void {
    this.#state = 'stopped';
    this.#drop();
    for (const rung of this.rungs) rung.cutter.close();
  }

  /** Nothing is kept from `fromMs` on, until {@link resume}. Also for a track that began while nothing was kept. */
  hold(fromMs: number): void {
    if (this.#heldFrom !== null) return;
    this.#heldFrom = fromMs;
    for (const { stream } of this.#inputs) stream.flush();
    for (const rung of this.rungs) rung.hold(fromMs);
  }

  resume(atMs: number): void {
    if (this.#heldFrom === null) return;
    this.#heldFrom = null;
    for (const rung of this.rungs) rung.resume(atMs);
    // The streams went on all the while, and with them their clocks; only a key frame is missing.
    for (const input of this.#inputs) input.askedAt = Number.NEGATIVE_INFINITY;
  }

  /** How it is with this track now: kept, nothing comes, closed, or the recording stands still. */
  condition(now: number): TrackCondition {
    if (this.#state !== 'recording') return 'stopped';
    if (this.#heldFrom !== null) return 'held';
    return this.streams.some(({ heardAt }) => now - heardAt < AWAY_MS) ? 'recorded' : 'gap';
  }

  /** Frequent work: lost packets and key frames. `now` is lesson time in ms. */
  poll(
    now: number,
    nack: (stream: RtpStream, missing: readonly number[]) => void,
    askKey: (stream: RtpStream) => void,
  ): void {
    if (this.#heldFrom !== null) {
      // Nothing is missed: holes are given up, and no sender is asked for key frames that nobody keeps.
      for (const { stream } of this.#inputs) stream.poll(now);
      return;
    }
    const cut = now >= this.#nextCut;
    if (cut) this.#nextCut = (Math.floor(now / SEGMENT_MS) + 1) * SEGMENT_MS;
    if (this.#cutIsNear(now)) readPacer.stayAwake(NEAR_MS);
    for (const input of this.#inputs) {
      const missing = input.stream.poll(now);
      if (input.stream.hasHole) readPacer.stayAwake(NEAR_MS);
      if (missing.length > 0) nack(input.stream, missing);
      if (this.#needsKey(input, now, cut)) {
        input.askedAt = now;
        askKey(input.stream);
      }
    }
  }

  /** Slow work: stand-ins for media that is away. */
  follow(now: number): void {
    if (this.#state === undefined) return;
    const cause = this.#state === 'stopped' ? 'stopped' : this.#heldFrom === null ? undefined : 'held';
    for (const rung of this.rungs) rung.follow(now, cause);
  }

  /** The bell. Resolves when everything before `endMs` is written or given up. */
  async close(endMs: number): Promise<void> {
    for (const input of this.#inputs) input.stream.flush();
    for (const rung of this.rungs) rung.close(endMs);
    this.#drop();
    await Promise.all(this.rungs.map((rung) => rung.writer.settled()));
  }

  async settled(): Promise<void> {
    await Promise.all(this.rungs.map((rung) => rung.writer.settled()));
  }

  /** Where there is media on any rung, in order and merged. */
  spans(): Span[] {
    const all = this.rungs
      .flatMap((rung) => rung.writer.ledger.stretches)
      .filter((stretch) => !stretch.cause)
      .map(({ start, end }) => ({
        fromMs: (start * 1_000) / this.#timescale,
        toMs: (end * 1_000) / this.#timescale,
      }))
      .sort((a, b) => a.fromMs - b.fromMs);
    const spans: Span[] = [];
    for (const span of all) {
      const last = spans.at(-1);
      if (last && span.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, span.toMs);
      else spans.push(span);
    }
    return spans;
  }

  describe(): RecordedTrack {
    return { ...this.info, playlist: `${this.info.trackId}/master.m3u8`, spans: this.spans() };
  }

  #cutIsNear(now: number): boolean {
    if (this.info.kind !== 'video') return false;
    return this.rungs.some((rung) => {
      const age = now - rung.toMs(rung.cutter.openStart);
      return age >= CUT_EXPECTED[0] && age < CUT_EXPECTED[1];
    });
  }

  #needsKey(input: Input, now: number, cut: boolean): boolean {
    const { source, rungs, stream, askedAt } = input;
    if (cut && source.cutsAtKeys) {
      for (const rung of rungs) if (rung.cutter instanceof VideoCutter) rung.cutter.askCut();
      return true;
    }
    const pause = now - stream.heardAt < SILENT_MS ? ASK_AGAIN_MS : SILENT_MS;
    if (now - askedAt < pause) return false;
    const overdue = rungs.some(
      ({ cutter }) => cutter instanceof VideoCutter && cutter.owesCut((now * VIDEO_TIMESCALE) / 1_000),
    );
    return source.needsKey || overdue;
  }

  #sameAs(wanted: Map<RungSpec, Rung[]>): boolean {
    const describe = (spec: RungSpec, rungs: Rung[]) =>
      [spec.ssrc, spec.mimeType, spec.clockRate, ...rungs.map((rung) => rung.rungId)].join();
    const now = this.#inputs.map((input) => describe(input.spec, input.rungs)).join(' ');
    return now === [...wanted].map(([spec, rungs]) => describe(spec, rungs)).join(' ');
  }

  #drop(): void {
    for (const { stream, source, rungs } of this.#inputs) {
      stream.flush();
      source.close();
      for (const { cutter } of rungs) if (cutter instanceof VideoCutter) cutter.lost();
    }
    this.#inputs = [];
  }

  #makeInput(spec: RungSpec, rungs: Rung[]): Input {
    let source: MediaSource | undefined;
    const stream = new RtpStream(spec.ssrc, spec.clockRate, (clock) => {
      source = this.#makeSource(spec, clock, rungs);
      return source;
    });
    return { spec, stream, source: source!, rungs, askedAt: Number.NEGATIVE_INFINITY };
  }

  #makeSource({ mimeType, parameters }: RungSpec, clock: LessonClock, rungs: Rung[]): MediaSource {
    const { now } = this.#options;
    const cutters = rungs.map((rung) => rung.cutter);
    switch (mimeType.toLowerCase()) {
      case 'video/h264': {
        const sprop = parameters?.['sprop-parameter-sets'];
        return new H264Source(
          clock,
          only(cutters, VideoCutter),
          now,
          typeof sprop === 'string' ? sprop : undefined,
        );
      }
      case 'video/vp8':
        return new Vp8Source(clock, only(cutters, VideoCutter), now);
      case 'audio/opus':
        return new OpusSource(clock, only(cutters, AudioCutter), now);
      default:
        throw new AppError('UNSUPPORTED_MEDIA', `cannot record ${mimeType}`);
    }
  }

  #makeWriter(rungId: string): RungWriter {
    const { writing, info, listed, trouble } = this.#options;
    const writer = new RungWriter({
      ...writing,
      folder: `${writing.folder}/${info.trackId}/${rungId}`,
      trackId: info.trackId,
      rungId,
      kind: info.kind,
      timescale: this.#timescale,
      listed: () => this.#rungOf(writer, listed),
      trouble: (error) => this.#rungOf(writer, (rung) => trouble(rung, error)),
    });
    return writer;
  }

  #rungOf(writer: RungWriter, tell: (rung: Rung) => void): void {
    const rung = this.rungs.find((candidate) => candidate.writer === writer);
    if (rung) tell(rung);
  }

  #addRung(rungId: string, writer: RungWriter): void {
    const make = (floor: number, emit: ConstructorParameters<typeof VideoCutter>[1]): Cutter =>
      this.info.kind === 'video' ? new VideoCutter(floor, emit) : new AudioCutter(floor, emit);
    this.rungs.push(new Rung(rungId, writer, make));
  }
}

function only<C extends Cutter>(cutters: Cutter[], kind: abstract new (...args: never[]) => C): C[] {
  const fitting = cutters.filter((cutter): cutter is C => cutter instanceof kind);
  if (fitting.length < cutters.length)
    throw new AppError('UNSUPPORTED_MEDIA', 'audio and video do not mix in a track');
  return fitting;
}
