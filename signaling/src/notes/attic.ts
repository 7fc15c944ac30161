import type { Db } from '../database/database.ts';

/** How long what was deleted can be taken back. */
const KEPT_MS = 3_600_000;
const EMPTIED_EVERY_MS = 600_000;

/** What was deleted before this moment cannot be taken back any more. */
export const keptUntil = (): Date => new Date(Date.now() - KEPT_MS);

/** Deleted captions, notes and comments are kept for an hour, for who did not mean it; then they are gone for good. */
export class Attic {
  readonly #db: Db;
  #emptiedAt = 0;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Clears away what is older, at most every ten minutes. Never fails: the next time is soon. */
  async empty(now = Date.now()): Promise<void> {
    if (now - this.#emptiedAt < EMPTIED_EVERY_MS) return;
    this.#emptiedAt = now;
    const before = new Date(now - KEPT_MS);
    for (const table of ['caption', 'study_note', 'timed_comment'] as const)
      await this.#db
        .deleteFrom(table)
        .where('removed_at', '<', before)
        .execute()
        .catch(() => {});
  }
}
