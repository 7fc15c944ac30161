import type { FeedRole } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { initialState } from '#protocol/live-state.ts';
import type { CameraRole, LessonSnapshot } from './snapshot.ts';

export type * from './snapshot.ts';

/**
 * One page's part in one lesson: socket, timeline, what it sends and what it receives. Made for React's
 * `useSyncExternalStore`, and free of any framework.
 */
export class LessonSession {
  #snapshot: LessonSnapshot;

  /** Connects and joins at once; how it goes is told by the snapshots. */
  static open(lessonId: Id, options: { origin?: string } = {}): LessonSession {
    return new LessonSession(lessonId, options.origin ?? location.origin);
  }

  private constructor(lessonId: Id, _origin: string) {
    this.#snapshot = {
      phase: 'connecting',
      errorCode: null,
      me: null,
      live: initialState(lessonId),
      clockOffsetMs: 0,
      media: 'none',
      local: [],
      remote: [],
      quality: { rttMs: null, lossPercent: null, upKbps: null, downKbps: null },
    };
  }

  subscribe =
    (_listener: () => void): (() => void) =>
    () => {};
  getSnapshot = (): LessonSnapshot => this.#snapshot;
  async publishCamera(_options: { role?: CameraRole; deviceId?: string } = {}): Promise<void> {}
  async publishMic(_options: { deviceId?: string } = {}): Promise<void> {}
  async publishScreen(): Promise<void> {}
  async setPaused(_role: FeedRole, _paused: boolean): Promise<void> {}
  async unpublish(_role: FeedRole): Promise<void> {}
  takeSeatBack(): void {}
  async close(): Promise<void> {}
}
