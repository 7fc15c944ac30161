import type { Logger } from '#platform/logger.ts';
import type { LessonMode } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';

/** How late after the bell a lesson may open. */
const SWEEP_MS = 2_000;

export interface AutoOpenParts {
  db: Db;
  /** Opens the lesson's room; asked again for an open one it does nothing. */
  open(lesson: { lessonId: Id; mode: LessonMode }): Promise<void>;
  logger: Logger;
}

/**
 * Opens at their bell the lessons that the timetable says open by themselves. What is due is read from the rows each
 * time: after a power cut the first sweep opens what the bell rang for meanwhile.
 */
export class AutoOpen {
  readonly #parts: AutoOpenParts;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(parts: AutoOpenParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => void this.sweep(), SWEEP_MS);
  }

  /** One after the other, and what fails is tried again with the next. */
  sweep(now = new Date()): Promise<void> {
    this.#sweeping = this.#sweeping
      .then(() => this.#openDue(now))
      .catch((error: unknown) =>
        this.#parts.logger.error({ err: error }, 'lessons that are due could not be opened'),
      );
    return this.#sweeping;
  }

  async #openDue(now: Date): Promise<void> {
    const { db, open } = this.#parts;
    const due = await db
      .selectFrom('lesson')
      .select(['id as lessonId', 'mode'])
      .where('state', '=', 'scheduled')
      .where('auto_open', '=', true)
      .where('cancelled_at', 'is', null)
      .where('planned_start', '<=', now)
      .where('planned_end', '>', now)
      .orderBy('planned_start')
      .execute();
    for (const lesson of due) await open(lesson);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }
}
