import type { Logger } from '#platform/logger.ts';
import type { Id } from '#protocol/ids.ts';
import { SHOWN_BEFORE_MS } from '#protocol/room-screen.ts';
import type { Db } from '../database/database.ts';
import type { Room } from './room.ts';

const SWEEP_MS = 500;

export interface CalledOffParts {
  db: Db;
  /** Rooms that somebody sits in before the bell. */
  waiting(): Promise<Room[]>;
  logger: Logger;
}

/**
 * Puts out who waits in a lesson that is called off, or moved away from now, and says why. What stands in the rows is
 * read each time, so it makes no difference who changed it and in which process. Asks only while somebody waits.
 */
export class CalledOff {
  readonly #parts: CalledOffParts;
  readonly #timer: NodeJS.Timeout;
  /** When the lessons in which somebody waits were planned to begin, as they came in. */
  readonly #starts = new Map<Id, number>();
  #sweeping: Promise<void> | null = null;

  constructor(parts: CalledOffParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => void this.sweep(), SWEEP_MS);
    this.#timer.unref();
  }

  sweep(now = Date.now()): Promise<void> {
    this.#sweeping ??= this.#look(now)
      .catch((error: unknown) =>
        this.#parts.logger.error({ err: error }, 'waiting lessons were not looked at'),
      )
      .finally(() => {
        this.#sweeping = null;
      });
    return this.#sweeping;
  }

  async #look(now: number): Promise<void> {
    const rooms = new Map((await this.#parts.waiting()).map((room) => [room.lessonId, room]));
    for (const lessonId of this.#starts.keys()) if (!rooms.has(lessonId)) this.#starts.delete(lessonId);
    if (rooms.size === 0) return;
    const rows = await this.#parts.db
      .selectFrom('lesson')
      .select(['id', 'cancelled_at', 'cancel_reason', 'planned_start'])
      .where('id', 'in', [...rooms.keys()])
      .execute();
    for (const row of rows) {
      const start = row.planned_start.getTime();
      const first = this.#starts.get(row.id) ?? start;
      this.#starts.set(row.id, first);
      const room = rooms.get(row.id)!;
      if (row.cancelled_at !== null) await room.putOut({ reason: row.cancel_reason ?? '', movedTo: null });
      else if (start !== first && start - now > SHOWN_BEFORE_MS)
        await room.putOut({ reason: null, movedTo: start });
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }
}
