import type { FeedRole, LessonState } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { ClassRequestType, Joined, LessonMessage } from '#protocol/lesson-socket.ts';
import type { Passing } from '#protocol/passing.ts';
import type { SessionEnd } from '#protocol/session.ts';
import type { Participant, TimelineEvent } from '#protocol/timeline.ts';
import { platformNow } from '../api/clock.ts';
import { ClientError } from './client-error.ts';
import { warmUp } from './device.ts';
import { LessonMedia } from './lesson-media.ts';
import type { StatsEntries } from './quality.ts';
import type {
  CalledOff,
  CameraRole,
  ClientErrorCode,
  LessonSnapshot,
  RecordingStatusTold,
} from './snapshot.ts';
import { LessonSocket, type RequestBody } from './socket.ts';
import { Timeline } from './timeline.ts';

export type * from './snapshot.ts';
export type { RequestBody } from './socket.ts';

const REJOIN_MS = 1_000;
const END_CODES: Partial<Record<SessionEnd, ClientErrorCode>> = {
  disabled: 'ACCOUNT_DISABLED',
  rights: 'RIGHTS_CHANGED',
  role: 'RIGHTS_CHANGED',
};

export interface SessionOptions {
  origin?: string;
  /** False for a page beside a big screen: it takes part and receives no picture or sound. */
  watches?: boolean;
}

export type PassingListener = (participantId: Id, body: Passing) => void;

/**
 * One page's part in one lesson: socket, timeline, what it sends and what it receives. Made for React's
 * `useSyncExternalStore`, and free of any framework.
 */
export class LessonSession {
  readonly #lessonId: Id;
  readonly #watches: boolean;
  readonly #socket: LessonSocket;
  readonly #timeline: Timeline;
  readonly #listeners = new Set<() => void>();
  readonly #passingListeners = new Set<PassingListener>();
  #media: LessonMedia;
  #phase: LessonSnapshot['phase'] = 'connecting';
  #errorCode: ClientErrorCode | null = null;
  #calledOff: CalledOff | null = null;
  #me: Participant | null = null;
  #clockOffsetMs = 0;
  /** Of the seat this very page holds media for. */
  #resumeKey: Id | null = null;
  /** Messages that came before the answer to `join`; null while seated. */
  #early: LessonMessage[] | null = [];
  #recordingStatus: RecordingStatusTold | null = null;
  #snapshot: LessonSnapshot | null = null;
  #notifying = false;

  /** Connects and joins at once; how it goes is told by the snapshots. */
  static open(
    lessonId: Id,
    { origin = location.origin, watches = true }: SessionOptions = {},
  ): LessonSession {
    return new LessonSession(lessonId, origin, watches);
  }

  private constructor(lessonId: Id, origin: string, watches: boolean) {
    this.#lessonId = lessonId;
    this.#watches = watches;
    this.#timeline = new Timeline(lessonId);
    this.#socket = new LessonSocket(origin, {
      connected: () => void this.#join(),
      disconnected: () => this.#onDisconnected(),
      message: (message) => (this.#early ? this.#early.push(message) : this.#onMessage(message)),
      refused: (error) => this.#refuse(error),
    });
    this.#media = this.#openMedia();
    window.addEventListener('online', this.#wake);
    document.addEventListener('visibilitychange', this.#wake);
    this.#socket.open();
    void warmUp();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes. */
  getSnapshot = (): LessonSnapshot => {
    this.#snapshot ??= {
      phase: this.#phase,
      errorCode: this.#errorCode,
      calledOff: this.#calledOff,
      me: this.#me,
      live: this.#timeline.state,
      clockOffsetMs: this.#clockOffsetMs,
      media: this.#media.state,
      local: this.#media.send.feeds,
      remote: this.#media.receive.feeds,
      quality: this.#media.quality,
      recordingStatus: this.#recordingStatus,
    };
    return this.#snapshot;
  };

  /** The publish methods never reject: how it went is told by the LocalFeed. They settle once the device is open or refused. */
  publishCamera({
    role = 'teacher',
    deviceId,
  }: {
    role?: CameraRole;
    deviceId?: string;
  } = {}): Promise<void> {
    return this.#publish(role, deviceId);
  }

  publishMic({ deviceId }: { deviceId?: string } = {}): Promise<void> {
    return this.#publish('mic', deviceId);
  }

  /** Browsers show their picker only when this is called from a click. */
  publishScreen(): Promise<void> {
    return this.#publish('screen');
  }

  async setPaused(role: FeedRole, paused: boolean): Promise<void> {
    this.#media.send.setPaused(role, paused);
  }

  async unpublish(role: FeedRole): Promise<void> {
    this.#media.send.unpublish(role);
  }

  /**
   * Does something in class. Settles when it is on the timeline; its effect is seen in the snapshot.
   * @throws ClientError with the server's code, NETWORK when the line is down.
   */
  async act<T extends ClassRequestType>(type: T, body: RequestBody<T>): Promise<void> {
    await this.#socket.request(type, body);
  }

  /** Sends what is being drawn or pointed at right now; nobody waits for it and nobody misses it. */
  pass(body: Passing): void {
    if (this.#phase === 'joined') this.#socket.request('pass', { body }).catch(() => {});
  }

  /** Hears what the others pass, and oneself. Returns how to stop. */
  onPassing(listener: PassingListener): () => void {
    this.#passingListeners.add(listener);
    return () => this.#passingListeners.delete(listener);
  }

  /** Which simulcast layer a page of many pictures wants each video in; null: the largest that the line carries. */
  preferLayers(layerOf: (feedId: Id) => number | null): void {
    this.#media.receive.preferLayers(layerOf);
  }

  /** The browser's own statistics of what this page sends and receives. */
  statistics(): Promise<{ sent: StatsEntries; received: StatsEntries }> {
    return this.#media.statistics();
  }

  /** After `replaced`: this page takes the seat, and the other one stands down. Nothing is sent until it is published. */
  takeSeatBack(): void {
    if (this.#phase !== 'replaced') return;
    this.#media = this.#openMedia();
    this.#phase = 'connecting';
    this.#early = [];
    this.#socket.open();
    this.#changed();
  }

  /** Leaves the lesson; devices are released before the promise settles. */
  async close(): Promise<void> {
    if (this.#phase === 'left') return;
    this.#phase = 'left';
    this.#release();
    await this.#socket.request('leave', {}).catch(() => {});
    this.#socket.close();
    this.#changed();
  }

  #openMedia(): LessonMedia {
    return new LessonMedia(this.#socket, this.#watches, this.#changed, (error) => this.#refuse(error));
  }

  async #join(): Promise<void> {
    this.#early = [];
    const asked = platformNow();
    let joined: Joined;
    try {
      joined = await this.#socket.request('join', {
        lessonId: this.#lessonId,
        afterSeq: this.#timeline.state.seq,
        resumeKey: this.#resumeKey,
        receives: true,
      });
    } catch (thrown) {
      return this.#onJoinFailed(ClientError.from(thrown));
    }
    if (this.#phase === 'left' || this.#phase === 'refused') return;
    const early = this.#early ?? [];
    this.#early = null;
    this.#phase = 'joined';
    this.#me = joined.participant;
    this.#resumeKey = joined.seatKey;
    this.#clockOffsetMs = joined.serverNow - (asked + platformNow()) / 2;
    const before = this.#timeline.state.state;
    const adopted = joined.snapshot === null || this.#timeline.adopt(joined.snapshot);
    if (!adopted || !this.#timeline.accept(joined.events)) {
      this.#refuse(new ClientError('INTERNAL', 'the timeline has a hole'));
      return;
    }
    if (!this.#ended) this.#media.seated(joined);
    this.#follow(before);
    for (const message of early) this.#onMessage(message);
    this.#changed();
  }

  #onJoinFailed(error: ClientError): void {
    if (error.code === 'SEAT_TAKEN') this.#standDown();
    else if (!this.#socket.connected)
      return; // The next connection joins.
    else if (error.code === 'NETWORK') this.#socket.redial();
    else if (!error.retry) this.#refuse(error);
    else
      setTimeout(() => {
        if (this.#socket.connected && this.#early) void this.#join();
      }, REJOIN_MS);
  }

  #onDisconnected(): void {
    this.#media.unseated();
    this.#early = [];
    if (this.#phase === 'joined') this.#phase = 'reconnecting';
    this.#changed();
  }

  #onMessage(message: LessonMessage): void {
    switch (message.type) {
      case 'events':
        this.#onEvents(message.events);
        break;
      case 'media.lost':
        this.#media.lost();
        break;
      case 'media.available':
        this.#media.available(message.routerRtpCapabilities);
        break;
      case 'transport.closed':
        this.#media.transportClosed(message.transportId);
        break;
      case 'consumer.closed':
        this.#media.receive.consumerClosed(message.consumerId);
        break;
      case 'consumer.layers':
        this.#media.receive.layersChanged(message.consumerId, message.spatialLayer);
        break;
      case 'recording.status':
        this.#recordingStatus = { status: message.status, leftMs: message.leftMs };
        break;
      case 'passing':
        for (const listener of this.#passingListeners) listener(message.participantId, message.body);
        return;
      case 'removed':
        this.#refuse(new ClientError('REMOVED', 'removed by the teacher'));
        break;
      case 'calledOff':
        this.#calledOff = { reason: message.reason, movedTo: message.movedTo };
        this.#refuse(new ClientError('LESSON_CANCELLED', 'the lesson is not held now'));
        break;
      case 'session.ended':
        this.#refuse(new ClientError(END_CODES[message.reason] ?? 'SESSION_ENDED', 'the session has ended'));
        break;
      case 'seat.taken':
        this.#standDown();
        break;
    }
  }

  #onEvents(events: readonly TimelineEvent[]): void {
    const before = this.#timeline.state.state;
    // A hole in the timeline: joining again asks for everything after the last event applied.
    if (!this.#timeline.accept(events)) this.#socket.redial();
    this.#follow(before);
    this.#changed();
  }

  /** Brings the media to what the timeline says now. */
  #follow(before: LessonState): void {
    if (this.#ended) {
      this.#release();
      return;
    }
    this.#media.want(this.#timeline.state, this.#me?.participantId ?? null);
    // What was refused in one state of the lesson may be welcome in the next.
    if (this.#timeline.state.state !== before) this.#media.wake();
  }

  get #ended(): boolean {
    const { state } = this.#timeline.state;
    return state === 'ended' || state === 'ready';
  }

  /** Another page of the same account took the seat. */
  #standDown(): void {
    this.#phase = 'replaced';
    this.#resumeKey = null;
    this.#media.close();
    this.#socket.close();
    this.#changed();
  }

  #refuse(error: ClientError): void {
    if (this.#ended) {
      // The lesson is over; there is nothing to be refused from.
      this.#socket.close();
      return;
    }
    this.#phase = 'refused';
    this.#errorCode = error.code;
    this.#release();
    this.#socket.close();
    this.#changed();
  }

  /** Lets go of devices and transports for good. */
  #release(): void {
    this.#media.close();
    if (this.#phase === 'left' || this.#phase === 'refused') {
      window.removeEventListener('online', this.#wake);
      document.removeEventListener('visibilitychange', this.#wake);
    }
  }

  async #publish(role: FeedRole, deviceId?: string): Promise<void> {
    if (this.#ended || this.#phase === 'left' || this.#phase === 'refused' || this.#phase === 'replaced')
      return;
    await this.#media.send.publish(role, deviceId);
  }

  /** The network is back, or the page is seen again after its timers were slowed down. */
  #wake = (): void => {
    if (this.#phase === 'joined') this.#media.wake();
  };

  #changed = (): void => {
    this.#snapshot = null;
    if (this.#notifying) return;
    this.#notifying = true;
    // Many small changes in one turn are one picture for whoever looks.
    queueMicrotask(() => {
      this.#notifying = false;
      for (const listener of this.#listeners) listener();
    });
  };
}
