import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { Logger } from '#platform/logger.ts';
import { AppError } from '#protocol/errors.ts';
import type { Heartbeat } from '#protocol/node.ts';
import type {
  RecorderCommand,
  RecorderEndpoint,
  RecorderEvent,
  RecorderReport,
} from '#protocol/recorder-node.ts';
import { freeSpace } from './free-space.ts';
import { RateMeter } from './rate-meter.ts';
import type { PortRange } from './receive/rtp-port.ts';
import { type Finalized, Recording } from './recording.ts';

/** What one process is meant to carry at most; `load` is the share of it in use. */
const CAPACITY_BITS_PER_SECOND = 200_000_000;
const DISK_CHECK_MS = 10_000;
const STATUS_MS = 2_000;

export interface RecorderOptions {
  blobs: BlobStore;
  /** Local folder below which the indexes live; for a folder of blobs that folder's own `recordings`. */
  indexFolder: string;
  /** Where the media fills a disk of this machine; null where it goes elsewhere. */
  mediaFolder: string | null;
  /** Whether a finished index has to be put into the store: it is elsewhere, or is to have a second copy. */
  putIndex: boolean;
  /** Address that an SFU reaches the UDP ports at. */
  announcedAddress: string;
  ports: PortRange;
  logger: Logger;
  emit(event: RecorderEvent): void;
}

/** The recordings of one process, and the commands that begin, feed and end them. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #recordings = new Map<string, Recording>();
  /** Commands of one recording are carried out in the order in which they came. */
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #diskTimer: NodeJS.Timeout;
  readonly #statusTimer: NodeJS.Timeout;
  readonly #rates = new Map<string, RateMeter>();
  /** Null until it was measured, and where the media fills no disk of ours. */
  #diskFreeBytes: number | null = null;
  #measuredAt = performance.now();
  #measuredBytes = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
    void this.#measureDisk();
    this.#diskTimer = setInterval(() => void this.#measureDisk(), DISK_CHECK_MS);
    this.#statusTimer = setInterval(() => this.#tellStatus(), STATUS_MS);
  }

  /** Answers with what {@link RecorderReplies} promises for the command's type. */
  async handle(command: RecorderCommand): Promise<unknown> {
    const { recordingId } = command;
    const before = this.#tails.get(recordingId) ?? Promise.resolve();
    const done = before.then(
      () => this.#carryOut(command),
      () => this.#carryOut(command),
    );
    this.#tails.set(recordingId, done);
    try {
      return await done;
    } finally {
      if (this.#tails.get(recordingId) === done) this.#tails.delete(recordingId);
    }
  }

  report(): RecorderReport {
    const recordings = [...this.#recordings.values()].flatMap((recording) => {
      const endpoint = this.#endpoint(recording);
      if (!endpoint) return [];
      const { recordingId, lessonId, tracks } = recording;
      return [{ recordingId, lessonId, endpoint, trackIds: [...tracks.keys()] }];
    });
    return { recordings };
  }

  load(): Omit<Heartbeat, 'at'> {
    const recordings = [...this.#recordings.values()];
    const streams = recordings.flatMap((recording) => recording.streams);
    const tracks = recordings.flatMap((recording) => [...recording.tracks.values()]);
    const bytes = streams.reduce((sum, stream) => sum + stream.bytesReceived, 0);
    const now = performance.now();
    const seconds = (now - this.#measuredAt) / 1_000;
    // The sum shrinks when a recording ends; that interval has no meaningful rate.
    const bitrate = seconds > 0 ? (Math.max(0, bytes - this.#measuredBytes) * 8) / seconds : 0;
    this.#measuredAt = now;
    this.#measuredBytes = bytes;
    return {
      load: bitrate / CAPACITY_BITS_PER_SECOND,
      detail: {
        recordings: this.#recordings.size,
        streams: streams.length,
        transcoders: tracks.reduce((sum, track) => sum + track.transcoders, 0),
        bitrate: Math.round(bitrate),
        packetsLost: streams.reduce((sum, stream) => sum + stream.packetsLost, 0),
        ...(this.#diskFreeBytes !== null && { diskFreeBytes: this.#diskFreeBytes }),
        diskBytesPerSecond: Math.round(this.#diskRate() ?? 0),
      },
    };
  }

  /** Lets go of the ports and flushes what is open; the recordings can be gone on with by the next process. */
  async close(): Promise<void> {
    clearInterval(this.#diskTimer);
    clearInterval(this.#statusTimer);
    await Promise.all([...this.#recordings.values()].map((recording) => recording.close()));
    this.#recordings.clear();
  }

  async #carryOut(command: RecorderCommand): Promise<unknown> {
    switch (command.type) {
      case 'recording.start':
        return { endpoint: await this.#start(command) };
      case 'track.set':
        this.#recording(command.recordingId).setTrack(command.track, command.rungs);
        return {};
      case 'track.pause':
        this.#recording(command.recordingId).pauseTrack(command.trackId);
        return {};
      case 'recording.hold':
        this.#recording(command.recordingId).hold(command.held, command.atMs);
        return {};
      case 'recording.finalize':
        return await this.#finalize(command);
    }
  }

  async #start(command: RecorderCommand & { type: 'recording.start' }): Promise<RecorderEndpoint> {
    const recording = this.#recordings.get(command.recordingId) ?? (await this.#open(command));
    await recording.start();
    this.#recordings.set(command.recordingId, recording);
    return this.#endpoint(recording)!;
  }

  async #finalize(command: RecorderCommand & { type: 'recording.finalize' }): Promise<Finalized> {
    const { recordingId, endMs } = command;
    const recording =
      this.#recordings.get(recordingId) ?? (await this.#open({ ...command, lessonId: recordingId }));
    const result = await recording.finalize(endMs);
    this.#recordings.delete(recordingId);
    return result;
  }

  async #open(command: { recordingId: string; lessonId: string; epochMs: number }): Promise<Recording> {
    const { blobs, indexFolder, putIndex, ports, logger, emit } = this.#options;
    const { recordingId, lessonId, epochMs } = command;
    const names = { recordingId, lessonId, epochMs };
    return await Recording.open({ ...names, blobs, indexFolder, putIndex, ports, logger, emit });
  }

  /** How it goes, for whoever sits at the desk; nobody misses one of these. */
  #tellStatus(): void {
    const now = performance.now();
    for (const [recordingId, recording] of this.#recordings) {
      const rate = this.#rates.get(recordingId) ?? new RateMeter();
      this.#rates.set(recordingId, rate);
      rate.add(now, recording.bytes, recording.held);
    }
    for (const recordingId of this.#rates.keys())
      if (!this.#recordings.has(recordingId)) this.#rates.delete(recordingId);
    for (const [recordingId, recording] of this.#recordings) {
      const { lessonId, bytes, tracks } = recording;
      const lessonNow = recording.now();
      this.#options.emit({
        type: 'status',
        recordingId,
        lessonId,
        bytes,
        bytesPerSecond: this.#rates.get(recordingId)?.bytesPerSecond ?? null,
        diskBytesPerSecond: this.#diskRate(),
        diskFreeBytes: this.#diskFreeBytes,
        tracks: [...tracks.values()].map((track) => ({
          trackId: track.info.trackId,
          condition: track.condition(lessonNow),
        })),
      });
    }
  }

  /** What all recordings of this process write together; null until one is known. */
  #diskRate(): number | null {
    const rates = [...this.#rates.values()].flatMap(({ bytesPerSecond }) => bytesPerSecond ?? []);
    return rates.length > 0 ? rates.reduce((sum, rate) => sum + rate, 0) : null;
  }

  #recording(recordingId: string): Recording {
    const recording = this.#recordings.get(recordingId);
    if (!recording) throw new AppError('NOT_FOUND', 'no such recording here');
    return recording;
  }

  #endpoint({ port }: Recording): RecorderEndpoint | undefined {
    return port === undefined ? undefined : { ip: this.#options.announcedAddress, port };
  }

  async #measureDisk(): Promise<void> {
    const { mediaFolder } = this.#options;
    if (mediaFolder === null) return;
    this.#diskFreeBytes = (await freeSpace(mediaFolder)) ?? this.#diskFreeBytes;
  }
}
