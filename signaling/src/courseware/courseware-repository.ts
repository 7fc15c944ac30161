import type { CoursewareDocument, DocumentKind } from '#protocol/courseware.ts';
import type { Db } from '../database/database.ts';

export interface DocumentRow {
  documentId: string;
  lessonId: string;
  accountId: string;
  kind: DocumentKind;
  name: string;
  bytes: number;
  file: string;
  state: CoursewareDocument['state'];
}

/** The files that were brought into lessons. What became of them in class is on the timelines. */
export class CoursewareRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async add(row: DocumentRow): Promise<void> {
    const { documentId, lessonId, accountId, kind, name, bytes, file, state } = row;
    await this.#db
      .insertInto('courseware_document')
      .values({
        id: documentId,
        lesson_id: lessonId,
        account_id: accountId,
        kind,
        name,
        bytes,
        file,
        state,
        created_at: new Date(),
      })
      .execute();
  }

  async setState(documentId: string, state: CoursewareDocument['state']): Promise<void> {
    await this.#db.updateTable('courseware_document').set({ state }).where('id', '=', documentId).execute();
  }

  /** What was being made into pages when the last process ended. */
  async unfinished(): Promise<{ documentId: string; lessonId: string }[]> {
    return await this.#db
      .selectFrom('courseware_document')
      .select(['id as documentId', 'lesson_id as lessonId'])
      .where('state', '=', 'processing')
      .orderBy('created_at')
      .execute();
  }
}
