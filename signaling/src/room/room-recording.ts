import type { Logger } from '#platform/logger.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { RecorderEndpoint, RecorderEvent, RecorderReport } from '#protocol/recorder-node.ts';
import type { NodePool, RecorderConnection } from '../node/node-pool.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { RecordingRepository } from './recording-repository.ts';
import { RecordingWatch } from './recording-watch.ts';
import type { ReportedRoom, RoomMedia } from './room-media.ts';

const RETRY_MS = 2_000;
/** How long a recorder may be out of sight before another one may take over its recording. */
const CUT_MS = 10_000;

/**
 * Brings the recorder and the sfu to what the timeline says: while a lesson is live, every feed is recorded.
 * One function, {@link sync}, compares and acts; it runs after anything that may have changed either side
 * and may run again at any time.
 */
export class RoomRecording {
  readonly #lessonId: Id;
  readonly #timeline: Timeline;
  readonly #media: RoomMedia;
  readonly #pool: NodePool<'recorder'>;
  readonly #repository: RecordingRepository;
  readonly watch: RecordingWatch;
  readonly #logger: Logger;
  #recorder: RecorderConnection | null = null;
  /** Tracks the recorder said it carries, at its last report; null before it reported. */
  #carried: Set<Id> | null = null;
  /** While a recorder is out of sight it may still be writing: two writers in one folder is worse than a gap. */
  #holder: { name: string | null; until: number } | null;
  /** Where the sfu sends this recording; null when it is not known to send. */
  #sentTo: RecorderEndpoint | null = null;
  /** Whether the recorder knows that it stands still; null when it is to be told anew. */
  #toldHeld: boolean | null = null;
  /** Feeds that flow into the recorder, with the producer they flow from. */
  readonly #flowing = new Map<Id, string>();
  #running: Promise<void> | null = null;
  #again = false;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(
    lessonId: Id,
    timeline: Timeline,
    media: RoomMedia,
    pool: NodePool<'recorder'>,
    repository: RecordingRepository,
    expectClaim: boolean,
    logger: Logger,
  ) {
    this.#holder = expectClaim ? { name: null, until: Date.now() + CUT_MS / 2 } : null;
    this.#lessonId = lessonId;
    this.#timeline = timeline;
    this.#media = media;
    this.#pool = pool;
    this.#repository = repository;
    this.watch = new RecordingWatch(lessonId, timeline, logger);
    this.#logger = logger;
  }

  /** Which producer carries each feed now: the room tells, because a reload changes it. */
  producerOf: (feedId: Id) => string | null = () => null;

  /** After a restart of signaling: what already flows is left flowing. */
  mediaReported(room: ReportedRoom): void {
    const recordingId = this.#timeline.state.recording?.recordingId;
    const recording = room.recordings.find((known) => known.recordingId === recordingId);
    this.#sentTo = recording?.endpoint ?? null;
    this.#flowing.clear();
    for (const feedId of recording?.feedIds ?? []) {
      const producer = room.feeds.find((feed) => feed.feedId === feedId)?.producerId;
      if (producer && (this.#carried?.has(feedId) ?? true)) this.#flowing.set(feedId, producer);
    }
    this.sync();
  }

  mediaLost(): void {
    this.#sentTo = null;
    this.#flowing.clear();
    this.sync();
  }

  recorderReported(recorder: RecorderConnection, report: RecorderReport): void {
    const mine = report.recordings.find(({ lessonId }) => lessonId === this.#lessonId);
    const returned = this.#holder?.name === recorder.hello.name;
    if (mine || returned) {
      this.#recorder = recorder;
      this.#holder = null;
      this.#carried = new Set(mine?.trackIds);
      this.#toldHeld = null;
      for (const feedId of this.#flowing.keys()) if (!this.#carried.has(feedId)) this.#flowing.delete(feedId);
    }
    this.sync();
  }

  recorderGone(recorder: RecorderConnection): void {
    if (this.#recorder !== recorder) return;
    this.#recorder = null;
    this.#holder = { name: recorder.hello.name, until: Date.now() + CUT_MS };
    this.sync();
  }

  async said(event: RecorderEvent): Promise<void> {
    if (event.recordingId !== this.#timeline.state.recording?.recordingId) return;
    switch (event.type) {
      case 'track.spans':
        await this.#repository.saveTrack(event.recordingId, event.track);
        return;
      case 'gap': {
        const { trackId, fromMs, toMs, cause } = event;
        await this.#timeline.append(() => [{ type: 'recording.gap', trackId, fromMs, toMs, cause }]);
        return;
      }
      case 'status':
        await this.watch.said(event);
        return;
      case 'trouble':
        await this.#trouble(event.code);
        return;
    }
  }

  /** Asks for a comparison; several calls at once become one more run. */
  sync(): void {
    if (this.#closed) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#sync()
      .catch((error: unknown) => {
        this.#logger.warn({ err: error, lessonId: this.#lessonId }, 'recording not in step; trying again');
        this.#later();
      })
      .finally(() => {
        this.#running = null;
        if (this.#again) {
          this.#again = false;
          this.sync();
        }
      });
  }

  async #sync(): Promise<void> {
    const { recording, state, feeds } = this.#timeline.state;
    if (!recording || state !== 'live') return;
    const { recordingId, epochMs } = recording;
    const recorder = this.#chooseRecorder();
    if (!recorder) return await this.#withoutRecorder();
    if (!this.#media.isUp) return;
    const sfu = this.#media.sfu;
    const room = { roomId: this.#lessonId, recordingId };

    const { endpoint } = await recorder.command({
      type: 'recording.start',
      recordingId,
      lessonId: this.#lessonId,
      epochMs,
    });
    // Before anything flows into it.
    await this.#hold(recorder);
    if (this.#sentTo?.ip !== endpoint.ip || this.#sentTo.port !== endpoint.port) {
      await sfu.command({ type: 'record.start', ...room, endpoint });
      this.#sentTo = endpoint;
      this.#flowing.clear();
    }
    await this.#recovered('NO_RECORDER');
    for (const feedId of this.#flowing.keys()) {
      if (feeds.has(feedId)) continue;
      this.#flowing.delete(feedId);
      await recorder.command({ type: 'track.pause', recordingId, trackId: feedId });
    }
    for (const feed of feeds.values()) {
      const producer = this.producerOf(feed.feedId);
      if (!producer || this.#flowing.get(feed.feedId) === producer) continue;
      const { feedId, participantId, role, kind } = feed;
      try {
        const { rungs } = await sfu.command({ type: 'record.addFeed', ...room, feedId });
        const track = { trackId: feedId, participantId, role, kind };
        await recorder.command({ type: 'track.set', recordingId, track, rungs });
        await sfu.command({ type: 'record.resumeFeed', ...room, feedId });
        this.#flowing.set(feedId, producer);
      } catch (error) {
        // The feed may have been closed meanwhile: the timeline will say so. Anything else is tried again.
        this.#logger.warn({ err: error, feedId }, 'feed not recorded yet');
        this.#later();
      }
    }
  }

  async #hold(recorder: RecorderConnection): Promise<void> {
    const { recording, directing } = this.#timeline.state;
    const held = directing.heldAt !== null;
    const at = directing.heldAt ?? directing.holds.at(-1)?.to;
    if (!recording || at === undefined || this.#toldHeld === held) return;
    const { recordingId, epochMs } = recording;
    await recorder.command({ type: 'recording.hold', recordingId, held, atMs: Math.max(0, at - epochMs) });
    this.#toldHeld = held;
  }

  #chooseRecorder(): RecorderConnection | null {
    if (this.#recorder || (this.#holder && Date.now() < this.#holder.until)) return this.#recorder;
    this.#holder = null;
    this.#recorder = this.#pool.pick();
    this.#toldHeld = null;
    this.#flowing.clear();
    return this.#recorder;
  }

  async #withoutRecorder(): Promise<void> {
    this.#later();
    // Just after a start of signaling the recorder is most likely dialling in at this moment.
    if (this.#holder === null || this.#holder.name !== null) await this.#trouble('NO_RECORDER');
  }

  /** The bell has rung: flushes and closes the recording. Null when the recorder is not there; told again later. */
  async finalize(): Promise<{ durationMs: number } | null> {
    this.close();
    await this.#running;
    const recording = await this.#repository.ofLesson(this.#lessonId);
    if (!recording) return { durationMs: 0 };
    if (recording.finalized) return { durationMs: recording.durationMs ?? 0 };
    const recorder = this.#recorder ?? this.#pool.pick();
    if (!recorder) return null;
    const { recordingId, epochMs } = recording;
    const endedAt = this.#timeline.state.endedAt ?? Date.now();
    try {
      const { durationMs, tracks } = await recorder.command({
        type: 'recording.finalize',
        recordingId,
        epochMs,
        endMs: Math.max(0, endedAt - epochMs),
      });
      await this.#repository.finalize(recordingId, durationMs, tracks);
      return { durationMs };
    } catch (error) {
      this.#logger.warn(
        { err: error, lessonId: this.#lessonId, code: AppError.from(error).code },
        'not finalized yet',
      );
      return null;
    }
  }

  close(): void {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
  }

  #later(): void {
    if (this.#closed) return;
    this.#retry ??= setTimeout(() => {
      this.#retry = null;
      this.sync();
    }, RETRY_MS);
  }

  async #trouble(code: string | null): Promise<void> {
    await this.#timeline.append(({ recording, state }) => {
      if (!recording || state !== 'live' || recording.trouble === code) return [];
      return [code === null ? { type: 'recording.recovered' } : { type: 'recording.troubled', code }];
    });
  }

  async #recovered(from: string): Promise<void> {
    if (this.#timeline.state.recording?.trouble === from) await this.#trouble(null);
  }
}
