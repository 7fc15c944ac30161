import { createHash, randomBytes } from 'node:crypto';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { firstSyncSample, fragment, type Sample } from '#platform/mp4/fragment.ts';
import { audioInit, readAvcC, videoInit } from '#platform/mp4/init-segment.ts';
import { makeParameterSets, type ParameterSets } from '#platform/mp4/parameter-sets.ts';
import {
  type GapCause,
  type InitRecord,
  initName,
  type SegmentRecord,
  segmentName,
} from '#protocol/recording-index.ts';
import type { CutSegment } from '../cut/segment.ts';
import type { SegmentIndex } from '../index/segment-index.ts';
import { readPacer } from '../receive/read-pacer.ts';
import { RungLedger } from './rung-ledger.ts';
import { silenceSamples, splitHole, stillSamples } from './stand-in-samples.ts';
import { BLACK } from './stand-ins.ts';

const SALT_BYTES = 8;
const AUDIO_CHANNELS = 2;
const AUDIO_KEY = 'opus';
/** A disk that hangs must not eat the memory: two minutes of segments wait, then they are dropped. */
const MOST_WAITING = 60;
const PLAYLIST = 'index.m3u8';

export interface RungWriterOptions {
  blobs: BlobStore;
  index: SegmentIndex;
  /** Key prefix of the rung's files, without a slash at its end. */
  folder: string;
  trackId: string;
  rungId: string;
  kind: 'audio' | 'video';
  timescale: number;
  epochMs: number;
  /** Called after each listed segment. */
  listed(): void;
  /** Called with each failed write, and with null after each that succeeded. */
  trouble(error: unknown): void;
}

type Job = { start: number; end: number } & (
  | { segment: CutSegment; cause?: undefined }
  | { segment?: undefined; cause: GapCause | undefined }
);

/**
 * Writes one rung: file, then index line, then playlist, one segment after the other. It is the place that
 * keeps the promise of a timeline without holes: whatever is missing before a segment is filled with
 * stand-ins first. A segment that cannot be written is dropped; the next one that can be makes up for it.
 */
export class RungWriter {
  readonly #options: RungWriterOptions;
  readonly ledger: RungLedger;
  readonly #jobs: Job[] = [];
  #working: Promise<void> | undefined;
  #initByKey = new Map<string, number>();
  #still: { init: number; data: Buffer } | undefined;
  #holeCause: GapCause = 'late-start';
  #ended = false;
  #playlistStale = false;
  #scratch = Buffer.alloc(0);

  constructor(options: RungWriterOptions) {
    this.#options = options;
    this.ledger = new RungLedger(options.timescale, options.epochMs);
  }

  segment(segment: CutSegment): void {
    this.#queue({ start: segment.start, end: segment.end, segment });
  }

  /** Puts stand-ins up to `end` (ticks); `cause` is also that of what is missing after it. */
  fill(end: number, cause: GapCause | undefined): void {
    this.#queue({ start: end, end, cause });
  }

  /** Resolves when everything queued so far was written or given up. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /** Fills up to `end`, the same for every rung, and closes the playlist. Throws when that fails. */
  async finish(end: number): Promise<void> {
    await this.settled();
    await this.#fillTo(end, undefined);
    this.#ended = true;
    this.#playlistStale = true;
    await this.#writePlaylist(true);
  }

  /**
   * Takes over what an earlier process listed, `end` (ticks) being set when the bell had rung already. Files
   * that are gone or torn become stand-ins.
   */
  async restore(inits: InitRecord[], segments: SegmentRecord[], end: number | undefined): Promise<void> {
    for (const record of inits) {
      this.ledger.addInit(record);
      if (this.#options.kind === 'audio') this.#initByKey.set(AUDIO_KEY, record.init);
      else await this.#restoreKey(record.init);
    }
    for (const record of segments) {
      const whole = await this.#options.blobs.info(this.#key(segmentName(record))).then(
        (info) => info.bytes === record.bytes,
        () => false,
      );
      if (whole) this.ledger.add(record);
      else await this.#replace(record);
    }
    await this.#restoreStill();
    if (segments.length > 0) this.#holeCause = 'recorder-down';
    this.#ended = end !== undefined;
    if (end !== undefined) this.ledger.dropFrom(end);
    this.#playlistStale = this.ledger.segments.length > 0;
    await this.#writePlaylist(false).catch(this.#options.trouble);
  }

  async #restoreKey(init: number): Promise<void> {
    const file = await this.#options.blobs.get(this.#key(initName(init))).catch(() => undefined);
    const sets = file && readAvcC(file);
    if (sets) this.#initByKey.set(makeParameterSets(sets.sps, sets.pps).key, init);
  }

  async #restoreStill(): Promise<void> {
    const record = this.ledger.lastKey;
    if (!record || this.#options.kind === 'audio') return;
    const file = await this.#options.blobs.get(this.#key(segmentName(record)));
    const data = firstSyncSample(file);
    if (data) this.#still = { init: record.init, data };
  }

  async #replace(record: SegmentRecord): Promise<void> {
    await this.#restoreStill();
    const samples = await this.#standIn(record.duration);
    const stand = { start: record.start, end: record.start + record.duration, ...samples };
    await this.#write(record.number, stand, 'file-lost').catch((error: unknown) => {
      // Listed without its file: a player skips one segment, the numbers behind it stay right.
      this.ledger.add(record);
      this.#options.trouble(error);
    });
  }

  #queue(job: Job): void {
    if (this.#ended) return;
    if (this.#jobs.length >= MOST_WAITING) {
      this.#holeCause = 'disk-full';
      return;
    }
    this.#jobs.push(job);
    this.#working ??= this.#work();
  }

  async #work(): Promise<void> {
    readPacer.writingBegins();
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) {
      try {
        await this.#run(job);
        if (this.#jobs.length === 0) await this.#writePlaylist(false);
        this.#options.trouble(null);
      } catch (error) {
        this.#holeCause = 'disk-full';
        this.#options.trouble(error);
      }
    }
    readPacer.writingEnds();
    this.#working = undefined;
  }

  async #run(job: Job): Promise<void> {
    const hole = job.start > this.ledger.end;
    await this.#fillTo(job.start, job.cause);
    const { segment } = job;
    if (!segment) {
      if (job.cause) this.#holeCause = job.cause;
      return;
    }
    const key = segment.samples[0]!.sync;
    if (!key && (hole || this.#holeCause === 'disk-full')) {
      // It continues pictures that were never written: shown after a still it would be rubbish.
      await this.#fillTo(segment.end, undefined);
      return;
    }
    const init = await this.#init(segment.parameters);
    await this.#write(this.ledger.nextNumber, { ...segment, init }, undefined);
    if (segment.parameters && key) this.#still = { init, data: segment.samples[0]!.data };
    this.#holeCause = 'no-media';
  }

  async #fillTo(end: number, cause: GapCause | undefined): Promise<void> {
    for (const part of splitHole(this.ledger.end, end, this.#options.timescale)) {
      const samples = await this.#standIn(part.end - part.start);
      await this.#write(this.ledger.nextNumber, { ...part, ...samples }, cause ?? this.#holeCause);
    }
  }

  async #standIn(duration: number): Promise<{ init: number; samples: Sample[] }> {
    if (this.#options.kind === 'audio') {
      return { init: await this.#init(undefined), samples: silenceSamples(duration) };
    }
    const still = this.#still ?? { init: await this.#init(BLACK.parameters), data: BLACK.data };
    return { init: still.init, samples: stillSamples(still.data, duration) };
  }

  async #write(
    number: number,
    segment: { start: number; end: number; samples: Sample[]; init: number },
    filler: GapCause | undefined,
  ): Promise<void> {
    const data = this.#gather(fragment(number, segment.start, segment.samples));
    const record: SegmentRecord = {
      type: 'segment',
      ...this.#file(data),
      number,
      salt: randomBytes(SALT_BYTES).toString('base64url'),
      init: segment.init,
      start: segment.start,
      duration: segment.end - segment.start,
      wallMs: Date.now(),
      key: segment.samples[0]!.sync,
      ...(filler && { filler }),
    };
    const key = this.#key(segmentName(record));
    await this.#options.blobs.put(key, data, { durable: true });
    try {
      await this.#options.index.append(record);
    } catch (error) {
      // Never listed, and the next try has another name: on a full disk it must not stay.
      await this.#options.blobs.delete(key).catch(() => undefined);
      throw error;
    }
    this.ledger.add(record);
    this.#playlistStale = true;
    this.#options.listed();
  }

  /** The pieces end to end, in a buffer that the next segment uses again. */
  #gather(pieces: Buffer[]): Buffer {
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (this.#scratch.length < bytes) this.#scratch = Buffer.allocUnsafeSlow(Math.ceil(bytes * 1.5));
    let at = 0;
    for (const piece of pieces) at += piece.copy(this.#scratch, at);
    return this.#scratch.subarray(0, bytes);
  }

  /** Number of the init segment for `parameters` (undefined: audio), written when it is the first of its kind. */
  async #init(parameters: ParameterSets | undefined): Promise<number> {
    const key = parameters?.key ?? AUDIO_KEY;
    const known = this.#initByKey.get(key);
    if (known !== undefined) return known;
    const init = this.ledger.inits.size;
    const data = parameters ? videoInit(parameters) : audioInit(AUDIO_CHANNELS);
    await this.#options.blobs.put(this.#key(initName(init)), data, { durable: true });
    const record: InitRecord = {
      type: 'init',
      ...this.#file(data),
      init,
      codec: parameters?.codec ?? 'opus',
      width: parameters?.width ?? 0,
      height: parameters?.height ?? 0,
    };
    await this.#options.index.append(record);
    this.ledger.addInit(record);
    this.#initByKey.set(key, init);
    return init;
  }

  async #writePlaylist(durable: boolean): Promise<void> {
    if (!this.#playlistStale) return;
    this.#playlistStale = false;
    try {
      await this.#options.blobs.put(this.#key(PLAYLIST), this.ledger.playlist.text(this.#ended), { durable });
    } catch (error) {
      this.#playlistStale = true;
      throw error;
    }
  }

  #file(data: Buffer) {
    const { trackId, rungId } = this.#options;
    const sha256 = createHash('sha256').update(data).digest('hex');
    return { trackId, rungId, bytes: data.length, sha256 };
  }

  #key(name: string): string {
    return `${this.#options.folder}/${name}`;
  }
}
