import type { Expression, SqlBool } from 'kysely';
import type { Account, Lesson, LessonMode, LessonState } from '#protocol/domain.ts';
import { type LessonRole, may } from '#protocol/permission.ts';
import type { Db } from '../database/database.ts';
import { isLinkedTo, lessonRows, remotesOf } from './lesson-rows.ts';
import { seenBy } from './lesson-seen.ts';

/**
 * Lessons as one account may see them. What it may not see is left out by the query itself, and a list takes two
 * queries however long it is.
 */
export class LessonRepository {
  readonly #db: Db;
  readonly #timeZone: string;

  /** @param timeZone the schools', by which a lesson's week is counted. */
  constructor(db: Db, timeZone = 'Asia/Shanghai') {
    this.#db = db;
    this.#timeZone = timeZone;
  }

  /** The lesson as `account` sees it, or null when there is none or it may not be seen. */
  async find(lessonId: string, account: Account): Promise<Lesson | null> {
    const [lesson] = await this.#seen(
      lessonRows(this.#db, account).where('lesson.id', '=', lessonId),
      account,
    );
    return lesson ?? null;
  }

  /** Those of `lessonIds` that `account` may see, in order of time. */
  async findAll(lessonIds: readonly string[], account: Account): Promise<Lesson[]> {
    if (lessonIds.length === 0) return [];
    return await this.#seen(lessonRows(this.#db, account).where('lesson.id', 'in', [...lessonIds]), account);
  }

  /**
   * Lessons planned to start within `[from, to)` that `account` may see, in order of time.
   * @param only a further condition on `lesson`, such as that a room sits in it.
   */
  async between(from: Date, to: Date, account: Account, only?: Expression<SqlBool>): Promise<Lesson[]> {
    const within = lessonRows(this.#db, account)
      .where('lesson.planned_start', '>=', from)
      .where('lesson.planned_start', '<', to);
    return await this.#seen(only ? within.where(only) : within, account);
  }

  async roleOf(lessonId: string, account: Account): Promise<LessonRole> {
    return ((await this.find(lessonId, account))?.role as LessonRole | undefined) ?? 'stranger';
  }

  /** For the server itself, not for an account's eyes. */
  async inStates(
    states: LessonState[],
  ): Promise<{ lessonId: string; mode: LessonMode; state: LessonState; plannedEnd: Date }[]> {
    return await this.#db
      .selectFrom('lesson')
      .select(['id as lessonId', 'mode', 'state', 'planned_end as plannedEnd'])
      .where('state', 'in', states)
      .execute();
  }

  async #seen(query: ReturnType<typeof lessonRows>, account: Account): Promise<Lesson[]> {
    const rows = await query
      .where(isLinkedTo(account))
      .orderBy('lesson.planned_start')
      .orderBy('lesson.id')
      .execute();
    const remotes = await remotesOf(
      this.#db,
      rows.map(({ id }) => id),
    );
    return rows
      .map((row) => seenBy(account, row, remotes.get(row.id)!, this.#timeZone))
      .filter(({ role }) => may(role as LessonRole, 'lesson.see'));
  }
}
