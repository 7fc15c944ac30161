import type { RemoteInfo } from 'node:dgram';
import { readdir, rm } from 'node:fs/promises';
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
import type { GapCause, IndexRecord, InitRecord, SegmentRecord } from './index/record.ts';
import { SegmentIndex } from './index/segment-index.ts';
import { MasterPlaylists } from './playlist/master-playlists.ts';
import { readSenderReports, writeNack, writePictureLoss, writeReceiverReport } from './receive/rtcp.ts';
import { isRtcp, RTP_HEADER_BYTES, ssrcOf } from './receive/rtp-packet.ts';
import { type PortRange, RtpPort } from './receive/rtp-port.ts';
import type { Remote, RtpStream } from './receive/rtp-stream.ts';
import type { Rung } from './rung.ts';
import { Track } from './track.ts';

const POLL_MS = 20;
const TIMER_MS = 100;
const FOLLOW_MS = 250;
const REPORT_MS = 2_000;
const SHORTEST_STAND_IN_MS = 100;
/** Stretches of stand-ins that are news: a feed that was closed or did not exist yet is no gap. */
const GAPS: (GapCause | undefined)[] = ['no-media', 'recorder-down', 'disk-full'];

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
  ports: PortRange;
  logger: Logger;
  emit(event: RecorderEvent): void;
}

export interface Finalized {
  durationMs: number;
  tracks: RecordedTrack[];
}

const { timeOrigin } = performance;
/** Milliseconds since the Unix epoch by a clock that never steps back. */
export const wallNow = (): number => timeOrigin + performance.now();

/** One lesson's recording, from its first packet to its end mark. */
export class Recording {
  readonly recordingId: string;
  readonly lessonId: string;
  readonly epochMs: number;
  readonly tracks = new Map<string, Track>();
  readonly #options: RecordingOptions;
  readonly #index: SegmentIndex;
  readonly #masters: MasterPlaylists;
  readonly #streams = new Map<number, RtpStream>();
  readonly #failing = new Set<Rung>();
  readonly #told = new Map<string, number>();
  readonly #ssrc = Math.floor(Math.random() * 0xffffffff);
  #port: RtpPort | undefined;
  #timer: NodeJS.Timeout | undefined;
  #polledAt = 0;
  #followedAt = 0;
  #reportedAt = 0;
  #durationMs: number | undefined;

  /** Reads what an earlier process left on the disk, if anything, and puts it in order. */
  static async open(options: RecordingOptions): Promise<Recording> {
    const folder = join(options.indexFolder, options.recordingId);
    await removeLeftovers(folder);
    const { index, records } = await SegmentIndex.open(join(folder, 'index.ndjson'));
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
    this.#index = index;
    this.#masters = new MasterPlaylists(options.blobs, this.#folder, (error) =>
      options.logger.warn({ err: error, recordingId: this.recordingId }, 'master playlist not written'),
    );
  }

  /** True once the bell has rung and everything is on the disk. */
  get ended(): boolean {
    return this.#durationMs !== undefined;
  }

  get port(): number | undefined {
    return this.#port?.port;
  }

  get streams(): RtpStream[] {
    return [...this.#streams.values()];
  }

  /** Lesson time in ms. */
  readonly now = (): number => wallNow() - this.epochMs;

  /** Opens the UDP port. Idempotent. */
  async start(): Promise<number> {
    if (this.ended) throw new AppError('WRONG_STATE', 'the recording is finished');
    this.#port ??= await RtpPort.open(this.#options.ports, (packet, from) => this.#receive(packet, from));
    this.#timer ??= setInterval(() => this.#turn(), TIMER_MS);
    return this.#port.port;
  }

  setTrack(info: TrackInfo, rungs: RungSpec[]): void {
    if (this.ended) throw new AppError('WRONG_STATE', 'the recording is finished');
    let track = this.tracks.get(info.trackId);
    if (!track) {
      track = this.#makeTrack(info);
      this.#index.owe({ type: 'track', track: info });
    }
    track.set(rungs);
    this.tracks.set(info.trackId, track);
    this.#readStreams();
  }

  pauseTrack(trackId: string): void {
    this.#track(trackId).pause();
    this.#readStreams();
  }

  /**
   * The bell. Every rung is flushed, filled up to the same end and closed; the time this takes does not
   * depend on the lesson's length. Idempotent; after a failure (full disk) it can be called again.
   */
  async finalize(endMs: number): Promise<Finalized> {
    if (this.#durationMs === undefined) {
      clearInterval(this.#timer);
      this.#port?.close();
      this.#port = undefined;
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
    return { durationMs: this.#durationMs, tracks: this.#describe() };
  }

  /** Stops without an end mark (the process is going down): a restarted process can go on. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#port?.close();
    this.#port = undefined;
    for (const track of this.tracks.values()) track.pause();
    await Promise.all([...this.tracks.values()].map((track) => track.settled()));
    await this.#masters.settled();
    await this.#index.close();
  }

  #describe(): RecordedTrack[] {
    return [...this.tracks.values()].map((track) => track.describe());
  }

  #receive(packet: Buffer, from: RemoteInfo): void {
    if (packet.length < RTP_HEADER_BYTES && !isRtcp(packet)) return;
    const now = this.now();
    if (isRtcp(packet)) {
      readSenderReports(packet, (report) => this.#streams.get(report.ssrc)?.senderReport(report, now));
      return;
    }
    const stream = this.#streams.get(ssrcOf(packet));
    if (!stream) return;
    if (stream.remote?.port !== from.port || stream.remote.address !== from.address) {
      stream.remote = { address: from.address, port: from.port };
    }
    stream.receive(packet, now);
    if (now - this.#polledAt >= POLL_MS) this.#poll(now);
  }

  #turn(): void {
    const now = this.now();
    if (now - this.#polledAt >= POLL_MS) this.#poll(now);
    if (now - this.#followedAt >= FOLLOW_MS) {
      this.#followedAt = now;
      for (const track of this.tracks.values()) track.follow(now);
    }
    if (now - this.#reportedAt >= REPORT_MS) {
      this.#reportedAt = now;
      this.#report(now);
    }
  }

  #poll(now: number): void {
    this.#polledAt = now;
    for (const track of this.tracks.values()) track.poll(now, this.#nack, this.#askKey);
  }

  readonly #nack = (stream: RtpStream, missing: readonly number[]): void =>
    this.#send(stream.remote, () => writeNack(this.#ssrc, stream.ssrc, missing));

  readonly #askKey = (stream: RtpStream): void =>
    this.#send(stream.remote, () => writePictureLoss(this.#ssrc, stream.ssrc));

  #send(remote: Remote | undefined, write: () => Buffer): void {
    if (remote) this.#port?.send(write(), remote);
  }

  /** One receiver report for each SFU that sends to us. */
  #report(now: number): void {
    const byRemote = Map.groupBy(this.streams, ({ remote }) => remote && `${remote.address}:${remote.port}`);
    for (const [key, streams] of byRemote) {
      if (!key) continue;
      const blocks = streams.map((stream) => stream.reportBlock(now));
      this.#send(streams[0]!.remote, () => writeReceiverReport(this.#ssrc, blocks));
    }
  }

  #readStreams(): void {
    const all = [...this.tracks.values()].flatMap((track) => track.streams);
    this.#streams.clear();
    for (const stream of all) this.#streams.set(stream.ssrc, stream);
  }

  #track(trackId: string): Track {
    const track = this.tracks.get(trackId);
    if (!track) throw new AppError('NOT_FOUND', 'no such track');
    return track;
  }

  get #folder(): string {
    return `recordings/${this.#options.recordingId}`;
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

  #listed(track: Track, rung: Rung): void {
    this.#masters.refresh(this.tracks);
    if (rung !== track.rungs[0]) return;
    const { stretches } = rung.writer.ledger;
    const { trackId } = track.info;
    const told = this.#told.get(trackId) ?? 0;
    if (stretches.length === told) return;
    this.#told.set(trackId, stretches.length);
    const before = { recordingId: this.recordingId, lessonId: this.lessonId };
    const last = stretches.at(-1)!;
    const durationMs = rung.toMs(last.end);
    this.#options.emit({ type: 'track.spans', ...before, track: track.describe(), durationMs });
    const gap = stretches.at(-2);
    if (!last.cause && gap && GAPS.includes(gap.cause)) {
      const [fromMs, toMs] = [rung.toMs(gap.start), rung.toMs(gap.end)];
      this.#options.emit({ type: 'gap', ...before, trackId, fromMs, toMs, cause: gap.cause! });
    }
  }

  #trouble(rung: Rung, error: unknown): void {
    const failing = this.#failing.size > 0;
    if (error === null) this.#failing.delete(rung);
    else this.#failing.add(rung);
    if (failing === this.#failing.size > 0) return;
    const { recordingId, lessonId, logger } = { ...this.#options };
    const code = failing ? null : 'RECORDING_DISK_FULL';
    if (code) logger.error({ recordingId, code, err: error }, 'cannot write the recording; trying on');
    else logger.info({ recordingId }, 'the recording can be written again');
    this.#options.emit({ type: 'trouble', recordingId, lessonId, code });
  }

  async #restore(records: IndexRecord[]): Promise<void> {
    const end = records.find((record) => record.type === 'end')?.durationMs;
    interface Found {
      inits: InitRecord[];
      segments: Map<number, SegmentRecord>;
    }
    const rungs = new Map<string, Found>();
    for (const record of records) {
      if (record.type === 'track') this.tracks.set(record.track.trackId, this.#makeTrack(record.track));
      if (record.type !== 'init' && record.type !== 'segment') continue;
      const key = `${record.trackId}/${record.rungId}`;
      const rung: Found = rungs.get(key) ?? { inits: [], segments: new Map() };
      rungs.set(key, rung);
      if (record.type === 'init') rung.inits.push(record);
      else rung.segments.set(record.number, record);
    }
    for (const [key, { inits, segments }] of rungs) {
      const [trackId, rungId] = key.split('/') as [string, string];
      await this.tracks.get(trackId)?.restoreRung(rungId, inits, [...segments.values()], end);
    }
    await this.#removeUnlisted();
    await this.#masters.finish(this.tracks).catch((error: unknown) => {
      this.#options.logger.warn(
        { err: error, recordingId: this.recordingId },
        'master playlists not written',
      );
    });
    this.#durationMs = end;
  }

  /** Segments that were written but not listed when the process was killed. */
  async #removeUnlisted(): Promise<void> {
    for (const track of this.tracks.values()) {
      for (const rung of track.rungs) {
        const folder = `${this.#folder}/${track.info.trackId}/${rung.rungId}`;
        const known = rung.writer.ledger.files();
        const keys = await this.#options.blobs.list(folder);
        const strays = keys.filter(
          (key) => /\.(m4s|mp4)$/.test(key) && !known.has(key.slice(folder.length + 1)),
        );
        await Promise.all(strays.map((key) => this.#options.blobs.delete(key)));
      }
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

/** Temporary files of writes that a `kill -9` cut short. */
async function removeLeftovers(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.name.startsWith('.') && entry.name.endsWith('.tmp'))
      await rm(join(entry.parentPath, entry.name));
  }
}
