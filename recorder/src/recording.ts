import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { Logger } from '#platform/logger.ts';
import { AppError } from '#protocol/errors.ts';
import type {
  RecordedTrack,
  RecorderEvent,
  Rung as RungSpec,
  Track as TrackInfo,
} from '#protocol/recorder-node.ts';
import type { GapCause, IndexRecord } from '#protocol/recording-index.ts';
import { removeTemporaries, sortRecords } from './index/leftovers.ts';
import { SegmentIndex } from './index/segment-index.ts';
import { MasterPlaylists } from './playlist/master-playlists.ts';
import { Reception } from './receive/reception.ts';
import type { PortRange } from './receive/rtp-port.ts';
import type { RtpStream } from './receive/rtp-stream.ts';
import { type Rung, SHORTEST_STAND_IN_MS } from './rung.ts';
import { Track } from './track.ts';

/** Stretches of stand-ins that are news: a feed that was closed or did not exist yet is no gap. */
const GAPS: (GapCause | undefined)[] = ['no-media', 'recorder-down', 'disk-full', 'held'];

export interface RecordingNames {
  recordingId: string;
  lessonId: string;
  /** Lesson time 0, milliseconds since the Unix epoch. */
  epochMs: number;
}

export interface RecordingOptions extends RecordingNames {
  blobs: BlobStore;
  /** Local folder below which the index lives, in a folder named like the recording. */
  indexFolder: string;
  /** Whether the index is put into the store after the bell. */
  putIndex: boolean;
  ports: PortRange;
  logger: Logger;
  emit(event: RecorderEvent): void;
}

export interface Finalized {
  durationMs: number;
  tracks: RecordedTrack[];
}

const INDEX = 'index.ndjson';

const { timeOrigin } = performance;
/** Milliseconds since the Unix epoch by a clock that never steps back. */
const wallNow = (): number => timeOrigin + performance.now();

/** One lesson's recording, from its first packet to its end mark. */
export class Recording {
  readonly recordingId: string;
  readonly lessonId: string;
  readonly epochMs: number;
  readonly tracks = new Map<string, Track>();
  readonly #options: RecordingOptions;
  readonly #folder: string;
  readonly #index: SegmentIndex;
  readonly #masters: MasterPlaylists;
  readonly #reception: Reception;
  readonly #failing = new Set<Rung>();
  /** How many stretches of each track signaling has been told of. */
  readonly #told = new Map<string, number>();
  /** Lesson time (ms) from which on nothing is kept; null while it is. */
  #heldFrom: number | null = null;
  #durationMs: number | undefined;

  /** Reads what an earlier process left on the disk, if anything, and puts it in order. */
  static async open(options: RecordingOptions): Promise<Recording> {
    const folder = join(options.indexFolder, options.recordingId);
    await removeTemporaries(folder);
    const { index, records } = await SegmentIndex.open(join(folder, INDEX));
    const first = records.find((record) => record.type === 'recording');
    const recording = new Recording({ ...options, ...(first && pick(first)) }, index);
    if (first) await recording.#restore(records);
    else index.owe({ ...pick(options), type: 'recording', version: 1 });
    return recording;
  }

  private constructor(options: RecordingOptions, index: SegmentIndex) {
    this.#options = options;
    this.recordingId = options.recordingId;
    this.lessonId = options.lessonId;
    this.epochMs = options.epochMs;
    this.#folder = `recordings/${options.recordingId}`;
    this.#index = index;
    this.#reception = new Reception(this.tracks, this.now);
    this.#masters = new MasterPlaylists(options.blobs, this.#folder, this.#masterFailed);
  }

  /** True once the bell has rung and everything is on the disk. */
  get ended(): boolean {
    return this.#durationMs !== undefined;
  }

  get port(): number | undefined {
    return this.#reception.port;
  }

  get streams(): RtpStream[] {
    return this.#reception.streams;
  }

  get held(): boolean {
    return this.#heldFrom !== null;
  }

  /** On the disk so far. */
  get bytes(): number {
    const rungs = [...this.tracks.values()].flatMap((track) => track.rungs);
    return rungs.reduce((sum, rung) => sum + rung.writer.ledger.bytes, 0);
  }

  /** Lesson time in ms. */
  readonly now = (): number => wallNow() - this.epochMs;

  /** Opens the UDP port. Idempotent. */
  async start(): Promise<void> {
    this.#refuseIfEnded();
    await this.#reception.open(this.#options.ports);
  }

  /** Begins with a track or goes on with it; see {@link Track.set}. */
  setTrack(info: TrackInfo, rungs: RungSpec[]): void {
    this.#refuseIfEnded();
    const known = this.tracks.get(info.trackId);
    const track = known ?? this.#makeTrack(info);
    track.set(rungs);
    if (this.#heldFrom !== null) track.hold(this.#heldFrom);
    if (!known) {
      this.#index.owe({ type: 'track', track: info, rungIds: track.rungs.map((rung) => rung.rungId) });
      this.tracks.set(info.trackId, track);
    }
    this.#reception.readStreams();
  }

  pauseTrack(trackId: string): void {
    const track = this.tracks.get(trackId);
    if (!track) throw new AppError('NOT_FOUND', 'no such track');
    track.pause();
    this.#reception.readStreams();
  }

  /** From lesson time `atMs` on nothing is kept, or media is kept again. Idempotent. */
  hold(held: boolean, atMs: number): void {
    this.#refuseIfEnded();
    if (held === this.held) return;
    this.#heldFrom = held ? atMs : null;
    for (const track of this.tracks.values()) held ? track.hold(atMs) : track.resume(atMs);
  }

  /**
   * The bell. Every rung is flushed, filled up to the same end and closed; the time this takes does not
   * depend on the lesson's length. Idempotent; after a failure (full disk) it can be called again.
   */
  async finalize(endMs: number): Promise<Finalized> {
    if (this.#durationMs === undefined) {
      this.#reception.close();
      const tracks = [...this.tracks.values()];
      await Promise.all(tracks.map((track) => track.close(endMs)));
      const rungs = tracks.flatMap((track) => track.rungs);
      for (const rung of rungs) rung.writer.ledger.dropFrom(rung.toTicks(endMs));
      const durationMs = commonEnd(endMs, rungs);
      await Promise.all(rungs.map((rung) => rung.writer.finish(rung.toTicks(durationMs))));
      await this.#masters.finish(this.tracks);
      await this.#index.append({ type: 'end', durationMs });
      this.#durationMs = durationMs;
      await this.#index.close();
    }
    await this.#putIndex();
    return {
      durationMs: this.#durationMs,
      tracks: [...this.tracks.values()].map((track) => track.describe()),
    };
  }

  /** Stops without an end mark (the process is going down): a restarted process can go on. */
  async close(): Promise<void> {
    this.#reception.close();
    for (const track of this.tracks.values()) track.pause();
    await Promise.all([...this.tracks.values()].map((track) => track.settled()));
    await this.#masters.settled();
    await this.#index.close();
  }

  /** Also for a recording that an earlier process ended, which may have died before it. */
  async #putIndex(): Promise<void> {
    const { blobs, indexFolder, putIndex } = this.#options;
    if (!putIndex) return;
    const data = await readFile(join(indexFolder, this.recordingId, INDEX));
    await blobs.put(`${this.#folder}/${INDEX}`, data, { durable: true });
  }

  #refuseIfEnded(): void {
    if (this.ended) throw new AppError('WRONG_STATE', 'the recording is finished');
  }

  #makeTrack(info: TrackInfo): Track {
    const { blobs } = this.#options;
    const track: Track = new Track({
      info,
      now: this.now,
      writing: { blobs, index: this.#index, epochMs: this.epochMs, folder: this.#folder },
      listed: (rung) => this.#listed(track, rung),
      trouble: (rung, error) => this.#trouble(rung, error),
    });
    return track;
  }

  /** Tells signaling when media went away or came back; the first rung speaks for its track. */
  #listed(track: Track, rung: Rung): void {
    this.#masters.refresh(this.tracks);
    if (rung !== track.rungs[0]) return;
    const { stretches } = rung.writer.ledger;
    const { trackId } = track.info;
    if (stretches.length === this.#told.get(trackId)) return;
    this.#told.set(trackId, stretches.length);
    const { recordingId, lessonId } = this;
    const last = stretches.at(-1)!;
    const durationMs = rung.toMs(last.end);
    this.#options.emit({ type: 'track.spans', recordingId, lessonId, track: track.describe(), durationMs });
    const gap = stretches.at(-2);
    if (last.cause || !gap?.cause || !GAPS.includes(gap.cause)) return;
    const [fromMs, toMs] = [rung.toMs(gap.start), rung.toMs(gap.end)];
    this.#options.emit({ type: 'gap', recordingId, lessonId, trackId, fromMs, toMs, cause: gap.cause });
  }

  #trouble(rung: Rung, error: unknown): void {
    const before = this.#failing.size > 0;
    if (error === null) this.#failing.delete(rung);
    else this.#failing.add(rung);
    if (before === this.#failing.size > 0) return;
    const { recordingId, lessonId } = this;
    const { logger, emit } = this.#options;
    const code = before ? null : 'RECORDING_DISK_FULL';
    if (code) logger.error({ recordingId, code, err: error }, 'cannot write the recording; trying on');
    else logger.info({ recordingId }, 'the recording can be written again');
    emit({ type: 'trouble', recordingId, lessonId, code });
  }

  readonly #masterFailed = (error: unknown): void =>
    this.#options.logger.warn({ err: error, recordingId: this.recordingId }, 'master playlist not written');

  async #restore(records: IndexRecord[]): Promise<void> {
    const { tracks, endMs } = sortRecords(records);
    for (const { info, rungs } of tracks) {
      const track = this.#makeTrack(info);
      for (const { rungId, inits, segments } of rungs)
        await track.restoreRung(rungId, inits, segments, endMs);
      this.tracks.set(info.trackId, track);
      await this.#removeUnlisted(track);
    }
    await this.#masters.finish(this.tracks).catch(this.#masterFailed);
    this.#durationMs = endMs;
  }

  /** Segments that were written but not listed when the process was killed. */
  async #removeUnlisted(track: Track): Promise<void> {
    const { blobs } = this.#options;
    for (const rung of track.rungs) {
      const folder = `${this.#folder}/${track.info.trackId}/${rung.rungId}`;
      const known = rung.writer.ledger.files();
      const isStray = (key: string) => /\.(m4s|mp4)$/.test(key) && !known.has(key.slice(folder.length + 1));
      const strays = (await blobs.list(folder)).filter(isStray);
      await Promise.all(strays.map((key) => blobs.delete(key)));
    }
  }
}

/**
 * Where all rungs can end together (ms): not before any of them, and so that none needs a stand-in shorter
 * than hls.js can be trusted with (0.5 ms was seen to keep it from ever ending).
 */
function commonEnd(endMs: number, rungs: Rung[]): number {
  const ends = rungs.map((rung) => rung.toMs(rung.writer.ledger.end));
  let end = Math.max(endMs, ...ends.map(Math.ceil));
  while (ends.some((own) => own < end && end - own < SHORTEST_STAND_IN_MS)) end += SHORTEST_STAND_IN_MS;
  return end;
}

function pick({ recordingId, lessonId, epochMs }: RecordingNames): RecordingNames {
  return { recordingId, lessonId, epochMs };
}
