import { newId } from '#platform/ids.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import { MAX_NOTES, type NewNote, type StudyNote } from '#protocol/notes.ts';
import type { Db } from '../database/database.ts';
import { type Attic, keptUntil } from './attic.ts';
import { columnsOf, idOf, keptMoment, type Subject, shownMoment } from './subjects.ts';

/** People's own notes on replays. Every query is for one account: nobody reads another's. */
export class NoteRepository {
  readonly #db: Db;
  readonly #attic: Attic;

  constructor(db: Db, attic: Attic) {
    this.#db = db;
    this.#attic = attic;
  }

  /** In order of time; what was cut out of a resource since is at the end. */
  async all(accountId: Id, subject: Subject): Promise<StudyNote[]> {
    const rows = await this.#mine(accountId, subject)
      .where('removed_at', 'is', null)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows
      .map((row) => noteOf(subject, row))
      .sort((a, b) => (a.atMs ?? Number.POSITIVE_INFINITY) - (b.atMs ?? Number.POSITIVE_INFINITY));
  }

  async find(accountId: Id, subject: Subject, noteId: Id): Promise<StudyNote | null> {
    const row = await this.#mine(accountId, subject)
      .where('id', '=', noteId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    return row ? noteOf(subject, row) : null;
  }

  /** @throws AppError TOO_LARGE when there are a thousand already. */
  async add(accountId: Id, subject: Subject, { atMs, text }: NewNote): Promise<StudyNote> {
    const { count } = await this.#db
      .selectFrom('study_note')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', accountId)
      .where('subject_id', '=', idOf(subject))
      .executeTakeFirstOrThrow();
    if (Number(count) >= MAX_NOTES) throw new AppError('TOO_LARGE', 'too many notes on one replay');
    const row = {
      id: newId(),
      account_id: accountId,
      ...columnsOf(subject),
      ...keptMoment(subject, atMs),
      text,
      created_at: new Date(),
      edited_at: null,
      removed_at: null,
    };
    await this.#db.insertInto('study_note').values(row).execute();
    return noteOf(subject, row);
  }

  /** Null when this account has no such note here. */
  async change(
    accountId: Id,
    subject: Subject,
    noteId: Id,
    { atMs, text }: NewNote,
  ): Promise<StudyNote | null> {
    await this.#db
      .updateTable('study_note')
      .set({ ...keptMoment(subject, atMs), text, edited_at: new Date() })
      .where('id', '=', noteId)
      .where('account_id', '=', accountId)
      .where('subject_id', '=', idOf(subject))
      .where('removed_at', 'is', null)
      .execute();
    return await this.find(accountId, subject, noteId);
  }

  /** Whether there was such a note. */
  async remove(accountId: Id, subject: Subject, noteId: Id): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('study_note')
      .set({ removed_at: new Date() })
      .where('id', '=', noteId)
      .where('account_id', '=', accountId)
      .where('subject_id', '=', idOf(subject))
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow();
    void this.#attic.empty();
    return numUpdatedRows > 0n;
  }

  async restore(accountId: Id, subject: Subject, noteId: Id): Promise<StudyNote | null> {
    await this.#db
      .updateTable('study_note')
      .set({ removed_at: null })
      .where('id', '=', noteId)
      .where('account_id', '=', accountId)
      .where('subject_id', '=', idOf(subject))
      .where('removed_at', '>', keptUntil())
      .execute();
    return await this.find(accountId, subject, noteId);
  }

  #mine(accountId: Id, subject: Subject) {
    return this.#db
      .selectFrom('study_note')
      .select(['id', 'at_recording_id', 'at_ms', 'text', 'created_at', 'edited_at'])
      .where('account_id', '=', accountId)
      .where('subject_id', '=', idOf(subject));
  }
}

interface NoteRow {
  id: string;
  at_recording_id: string | null;
  at_ms: number;
  text: string;
  created_at: Date;
  edited_at: Date | null;
}

const noteOf = (subject: Subject, row: NoteRow): StudyNote => ({
  noteId: row.id,
  atMs: shownMoment(subject, row),
  text: row.text,
  createdAt: row.created_at.getTime(),
  editedAt: row.edited_at?.getTime() ?? null,
});
