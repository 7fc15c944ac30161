import type { SqlBool } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import { COMMENTS_A_MINUTE, MAX_COMMENTS, type NewComment, type TimedComment } from '#protocol/notes.ts';
import type { Db } from '../database/database.ts';
import { type Attic, keptUntil } from './attic.ts';
import { columnsOf, idOf, keptMoment, type Subject, shownMoment } from './subjects.ts';

const MINUTE_MS = 60_000;

/** Comments at a second of a replay, for all who may watch it. */
export class CommentRepository {
  readonly #db: Db;
  readonly #attic: Attic;

  constructor(db: Db, attic: Attic) {
    this.#db = db;
    this.#attic = attic;
  }

  /** What `reader` may see: in order of time, what was cut out at the end, replies after what they answer. */
  async all(subject: Subject, reader: Account): Promise<TimedComment[]> {
    const rows = await this.#rows(subject, reader).execute();
    const comments = rows.map((row) => commentOf(subject, row, reader));
    const ofParent = Map.groupBy(comments, ({ replyTo }) => replyTo);
    return (ofParent.get(null) ?? [])
      .sort((a, b) => (a.atMs ?? Number.POSITIVE_INFINITY) - (b.atMs ?? Number.POSITIVE_INFINITY))
      .flatMap((comment) => [comment, ...(ofParent.get(comment.commentId) ?? [])]);
  }

  /** @throws AppError NOT_FOUND when the reader sees no such comment here. */
  async find(subject: Subject, commentId: Id, reader: Account): Promise<TimedComment> {
    const row = await this.#rows(subject, reader)
      .where('timed_comment.id', '=', commentId)
      .executeTakeFirst();
    if (!row) throw new AppError('NOT_FOUND', 'no such comment');
    return commentOf(subject, row, reader);
  }

  /**
   * @param held whether a moderator has to let it through first.
   * @throws AppError SLOW_MODE when this author wrote too many, NOT_FOUND when there is nothing to reply to.
   */
  async add(
    subject: Subject,
    author: Account,
    { atMs, text, replyTo }: NewComment,
    held: boolean,
  ): Promise<TimedComment> {
    const id = newId();
    const parent = replyTo === null ? null : await this.find(subject, replyTo, author);
    await this.#db.transaction().execute(async (trx) => {
      // One after the other: many sent at once are counted as many.
      await trx
        .selectFrom('account')
        .select('id')
        .where('id', '=', author.accountId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const latest = await trx
        .selectFrom('timed_comment')
        .select('created_at')
        .where('account_id', '=', author.accountId)
        .where('created_at', '>', new Date(Date.now() - MINUTE_MS))
        .orderBy('created_at', 'desc')
        .limit(COMMENTS_A_MINUTE)
        .execute();
      if (latest.length === COMMENTS_A_MINUTE) {
        const retryAfterMs = Math.max(1, latest.at(-1)!.created_at.getTime() + MINUTE_MS - Date.now());
        throw new AppError('SLOW_MODE', 'too many comments in a minute', { retryAfterMs });
      }
      const { count } = await trx
        .selectFrom('timed_comment')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('subject_id', '=', idOf(subject))
        .executeTakeFirstOrThrow();
      if (Number(count) >= MAX_COMMENTS) throw new AppError('TOO_LARGE', 'too many comments here');
      const moment = parent
        ? await trx
            .selectFrom('timed_comment')
            .select(['at_recording_id', 'at_ms'])
            .where('id', '=', parent.commentId)
            .executeTakeFirstOrThrow()
        : keptMoment(subject, atMs);
      await trx
        .insertInto('timed_comment')
        .values({
          id,
          account_id: author.accountId,
          ...columnsOf(subject),
          ...moment,
          // An answer to an answer answers the same comment.
          reply_to: parent ? (parent.replyTo ?? parent.commentId) : null,
          text,
          held,
          created_at: new Date(),
          removed_at: null,
          removed_by: null,
        })
        .execute();
    });
    return await this.find(subject, id, author);
  }

  async approve(subject: Subject, commentId: Id, moderator: Account): Promise<TimedComment> {
    await this.#db
      .updateTable('timed_comment')
      .set({ held: false })
      .where('id', '=', commentId)
      .where('subject_id', '=', idOf(subject))
      .execute();
    return await this.find(subject, commentId, moderator);
  }

  async remove(subject: Subject, commentId: Id, { accountId }: Account): Promise<void> {
    await this.#db
      .updateTable('timed_comment')
      .set({ removed_at: new Date(), removed_by: accountId })
      .where('id', '=', commentId)
      .where('subject_id', '=', idOf(subject))
      .where('removed_at', 'is', null)
      .execute();
    void this.#attic.empty();
  }

  /** Takes back what the same account has deleted. @throws AppError NOT_FOUND when it has not, or long ago. */
  async restore(subject: Subject, commentId: Id, account: Account): Promise<TimedComment> {
    await this.#db
      .updateTable('timed_comment')
      .set({ removed_at: null, removed_by: null })
      .where('id', '=', commentId)
      .where('subject_id', '=', idOf(subject))
      .where('removed_by', '=', account.accountId)
      .where('removed_at', '>', keptUntil())
      .execute();
    return await this.find(subject, commentId, account);
  }

  #rows(subject: Subject, { accountId }: Account) {
    const rows = this.#db
      .selectFrom('timed_comment')
      .innerJoin('account', 'account.id', 'timed_comment.account_id')
      .innerJoin('organization', 'organization.id', 'account.organization_id')
      .select([
        'timed_comment.id',
        'timed_comment.account_id',
        'reply_to',
        'at_recording_id',
        'at_ms',
        'text',
        'held',
        'timed_comment.created_at',
        'account.name',
        'organization.name as organization_name',
      ])
      .select((eb) =>
        eb
          .exists(
            eb
              .selectFrom('account_role')
              .select('role')
              .whereRef('account_role.account_id', '=', 'account.id')
              .where('role', '=', 'student'),
          )
          .as('isPupil'),
      )
      .where('subject_id', '=', idOf(subject))
      .where('removed_at', 'is', null)
      .orderBy('timed_comment.created_at')
      .orderBy('timed_comment.id');
    if (subject.mayModerate) return rows;
    return rows.where((eb) =>
      eb.or([eb('held', '=', false), eb('timed_comment.account_id', '=', accountId)]),
    );
  }
}

interface CommentRow {
  id: string;
  account_id: string;
  reply_to: string | null;
  at_recording_id: string | null;
  at_ms: number;
  text: string;
  held: boolean;
  created_at: Date;
  name: string;
  organization_name: string;
  isPupil: SqlBool;
}

function commentOf(subject: Subject, row: CommentRow, { accountId }: Account): TimedComment {
  const mine = row.account_id === accountId;
  // A resource is watched by strangers: a pupil's name is for the own class and for who looks after the comments.
  const veiled = subject.resourceId !== null && row.isPupil && !mine && !subject.mayModerate;
  return {
    commentId: row.id,
    replyTo: row.reply_to,
    atMs: shownMoment(subject, row),
    text: row.text,
    authorName: veiled ? `${[...row.name][0] ?? ''}＊＊` : row.name,
    organizationName: row.organization_name,
    mine,
    held: row.held,
    createdAt: row.created_at.getTime(),
  };
}
