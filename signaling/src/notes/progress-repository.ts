import type { Id } from '#protocol/ids.ts';
import {
  advance,
  type ProgressReport,
  type RecentlyWatched,
  type WatchProgress,
} from '#protocol/progress.ts';
import type { Db } from '../database/database.ts';
import { columnsOf, idOf, type Subject } from './subjects.ts';

const RECENT = 50;

/** How far people have watched. */
export class ProgressRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** What one account has watched of these lessons and resources; what it never opened is not in the map. */
  async of(accountId: Id, subjectIds: readonly Id[]): Promise<Map<Id, WatchProgress>> {
    if (subjectIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('watch_progress')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('subject_id', 'in', subjectIds)
      .execute();
    return new Map(rows.map((row) => [row.subject_id, progressOf(row)]));
  }

  /** What an account watched last, newest first. Whether it may still watch it is the caller's to ask. */
  async recent(accountId: Id): Promise<RecentlyWatched> {
    const rows = await this.#db
      .selectFrom('watch_progress')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('updated_at', 'desc')
      .orderBy('subject_id')
      .limit(RECENT)
      .execute();
    return rows.map((row) => ({
      ...progressOf(row),
      lessonId: row.lesson_id,
      resourceId: row.resource_id,
    }));
  }

  /** Two devices at once: each report is added to what the one before it left. */
  async report(accountId: Id, subject: Subject, report: ProgressReport): Promise<WatchProgress> {
    const durationMs = subject.durationMs ?? report.durationMs;
    const subjectId = idOf(subject);
    return await this.#db.transaction().execute(async (trx) => {
      // There is a row to lock, also for the first two reports at once.
      await trx
        .insertInto('watch_progress')
        .values({ account_id: accountId, ...columnsOf(subject), ...rowOf(advance(null, NOTHING, 0)) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await trx
        .selectFrom('watch_progress')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('subject_id', '=', subjectId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const next = advance(progressOf(row), { ...report, durationMs }, Date.now());
      await trx
        .updateTable('watch_progress')
        .set(rowOf(next))
        .where('account_id', '=', accountId)
        .where('subject_id', '=', subjectId)
        .execute();
      return next;
    });
  }
}

const NOTHING: ProgressReport = { positionMs: 0, watchedMs: 0, durationMs: 0 };

interface ProgressRow {
  position_ms: number;
  furthest_ms: number;
  watched_ms: number;
  duration_ms: number;
  completed: boolean;
  updated_at: Date;
}

const progressOf = (row: ProgressRow): WatchProgress => ({
  positionMs: row.position_ms,
  furthestMs: row.furthest_ms,
  watchedMs: row.watched_ms,
  durationMs: row.duration_ms,
  completed: row.completed,
  updatedAt: row.updated_at.getTime(),
});

const rowOf = (progress: WatchProgress): ProgressRow => ({
  position_ms: progress.positionMs,
  furthest_ms: progress.furthestMs,
  watched_ms: progress.watchedMs,
  duration_ms: progress.durationMs,
  completed: progress.completed,
  updated_at: new Date(progress.updatedAt),
});
