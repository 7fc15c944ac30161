import { newId } from '#platform/ids.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { type LibraryQuestion, MAX_LIBRARY, type NewQuestion } from '#protocol/library.ts';
import type { Db } from '../database/database.ts';

/** Who at the course's own organization keeps its questions; a pupil's or classroom's account there does not. */
const KEEPERS = ['teacher', 'operator', 'administrator'];

/** A course's questions, as rows. */
export class QuestionRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Who teaches at the course's organization, or presents a lesson of the course (a master classroom, too).
   * @returns the course's organization; null for everybody else, and when there is no such course.
   */
  async keptBy(courseId: string, { accountId, role, organizationId }: Account): Promise<string | null> {
    const course = await this.#db
      .selectFrom('course')
      .select('organization_id')
      .where('id', '=', courseId)
      .executeTakeFirst();
    if (!course) return null;
    if (course.organization_id === organizationId && KEEPERS.includes(role)) return course.organization_id;
    const presents = await this.#db
      .selectFrom('lesson')
      .select('id')
      .where('course_id', '=', courseId)
      .where((eb) => eb.or([eb('teacher_id', '=', accountId), eb('master_classroom_id', '=', accountId)]))
      .limit(1)
      .executeTakeFirst();
    return presents ? course.organization_id : null;
  }

  async all(courseId: string): Promise<LibraryQuestion[]> {
    const rows = await this.#db
      .selectFrom('course_question')
      .select(['id', 'question', 'answer', 'added_at'])
      .where('course_id', '=', courseId)
      .orderBy('added_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(({ id, question, answer, added_at }) => ({
      questionId: id,
      question,
      right: answer,
      addedAt: added_at.getTime(),
    }));
  }

  async add(
    courseId: string,
    organizationId: string,
    accountId: string,
    { question, right }: NewQuestion,
  ): Promise<LibraryQuestion> {
    const { count } = await this.#db
      .selectFrom('course_question')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('course_id', '=', courseId)
      .executeTakeFirstOrThrow();
    if (Number(count) >= MAX_LIBRARY) throw new AppError('TOO_LARGE', 'the library is full');
    const questionId = newId();
    const addedAt = new Date();
    await this.#db
      .insertInto('course_question')
      .values({
        id: questionId,
        organization_id: organizationId,
        course_id: courseId,
        question: JSON.stringify(question),
        answer: right && JSON.stringify(right),
        added_by: accountId,
        added_at: addedAt,
      })
      .execute();
    return { questionId, question, right, addedAt: addedAt.getTime() };
  }

  /** Null when the course has no such question. */
  async change(
    courseId: string,
    questionId: string,
    { question, right }: NewQuestion,
  ): Promise<LibraryQuestion | null> {
    const row = await this.#db
      .updateTable('course_question')
      .set({ question: JSON.stringify(question), answer: right && JSON.stringify(right) })
      .where('course_id', '=', courseId)
      .where('id', '=', questionId)
      .returning('added_at')
      .executeTakeFirst();
    return row ? { questionId, question, right, addedAt: row.added_at.getTime() } : null;
  }

  async remove(courseId: string, questionId: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('course_question')
      .where('course_id', '=', courseId)
      .where('id', '=', questionId)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }
}
