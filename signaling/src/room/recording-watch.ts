import type { Logger } from '#platform/logger.ts';
import type { Id } from '#protocol/ids.ts';
import type { RecordingStatus } from '#protocol/recorder-node.ts';
import { spaceLeftMs, spaceLevel } from '#protocol/space.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** Hears every two seconds how a recording goes: tells the desk, and the timeline when the disk gets short. */
export class RecordingWatch {
  readonly #lessonId: Id;
  readonly #timeline: Timeline;
  readonly #logger: Logger;

  constructor(lessonId: Id, timeline: Timeline, logger: Logger) {
    this.#lessonId = lessonId;
    this.#timeline = timeline;
    this.#logger = logger;
  }

  /** Who directs is told by the room. `leftMs`: how long the disk lasts; null while nobody can say. */
  tell: (status: RecordingStatus, leftMs: number | null) => void = () => {};

  async said(status: RecordingStatus): Promise<void> {
    const { diskFreeBytes, diskBytesPerSecond } = status;
    const leftMs = diskFreeBytes === null ? null : spaceLeftMs(diskFreeBytes, diskBytesPerSecond);
    this.tell(status, leftMs);
    await this.#timeline.append(({ directing, state }) => {
      const before = directing.space?.level ?? null;
      const level = spaceLevel(leftMs, before);
      if (level === before || state !== 'live') return [];
      const details = { lessonId: this.#lessonId, level, leftMs, diskFreeBytes, diskBytesPerSecond };
      if (level === null) {
        this.#logger.info(details, 'the recording disk has room again');
        return [{ type: 'recording.spaceEnough' }];
      }
      this.#logger[level === 'red' ? 'error' : 'warn'](details, 'the recording disk is getting short');
      return [{ type: 'recording.spaceLow', level, leftMs: leftMs ?? 0 }];
    });
  }
}
