import type { FeedRole, MediaKind } from '#protocol/domain.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import type { LessonMessage } from '#protocol/lesson-socket.ts';
import type { LiveState, Presence } from '#protocol/live-state.ts';
import type { Feed, Participant } from '#protocol/timeline.ts';

/** Codes that only a page can find out, beside those of the wire. */
export type ClientErrorCode =
  | ErrorCode
  | 'INSECURE_PAGE'
  | 'CAMERA_DENIED'
  | 'CAMERA_MISSING'
  | 'CAMERA_BUSY'
  | 'MIC_DENIED'
  | 'MIC_MISSING'
  | 'MIC_BUSY'
  | 'SCREEN_DENIED'
  | 'NETWORK';

export type CameraRole = Extract<FeedRole, 'teacher' | 'pupils' | 'board' | 'studio'>;

/** Something this page sends. It outlives every transport: the session publishes it again by itself. */
export interface LocalFeed {
  readonly role: FeedRole;
  readonly kind: MediaKind;
  /** What the device gives, for the page's own preview; null while there is no device. */
  readonly stream: MediaStream | null;
  readonly paused: boolean;
  readonly state: 'starting' | 'sending' | 'failed';
  /** Why `failed`. The session goes on trying where trying can help (a device plugged in again). */
  readonly errorCode: ClientErrorCode | null;
  readonly deviceLabel: string;
}

/** Something another participant sends, as this page receives it. */
export interface RemoteFeed {
  readonly feed: Feed;
  readonly participant: Presence;
  /** Exactly one track once `playing`, none before. Another object whenever the track is another one (after a recovery). */
  readonly stream: MediaStream;
  readonly state: 'connecting' | 'playing' | 'stalled';
  /** Simulcast layer that is received now: 0 smallest; null when unknown or not layered. */
  readonly spatialLayer: number | null;
}

export interface Quality {
  readonly rttMs: number | null;
  /** Share of lost packets in both directions over the last sampling interval, 0 to 100. */
  readonly lossPercent: number | null;
  readonly upKbps: number | null;
  readonly downKbps: number | null;
}

/** Why a lesson that one waited in is not held now. */
export type CalledOff = Omit<Extract<LessonMessage, { type: 'calledOff' }>, 'type'>;

/** `leftMs`: how long the disk lasts, null while nobody can say. */
export type RecordingStatusTold = Omit<Extract<LessonMessage, { type: 'recording.status' }>, 'type'>;

export interface LessonSnapshot {
  readonly phase: 'connecting' | 'joined' | 'reconnecting' | 'replaced' | 'refused' | 'left';
  /** Why `refused`. */
  readonly errorCode: ClientErrorCode | null;
  /** Set where it was refused because the lesson is off, or at another time. */
  readonly calledOff: CalledOff | null;
  readonly me: Participant | null;
  /** Projection of the timeline. */
  readonly live: LiveState;
  /** The server's clock minus this machine's, milliseconds. */
  readonly clockOffsetMs: number;
  readonly media: 'none' | 'connecting' | 'connected' | 'recovering';
  readonly local: readonly LocalFeed[];
  readonly remote: readonly RemoteFeed[];
  readonly quality: Quality;
  /** How the recording goes; told only to who directs it, null until then. */
  readonly recordingStatus: RecordingStatusTold | null;
}
