import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id, WallMs } from '#protocol/ids.ts';
import type { Invitation } from '#protocol/invitation.ts';
import type { Db } from '../database/database.ts';
import { tellOfAnswer } from '../notice/answer-news.ts';
import { activityRows, shownOf } from './shown.ts';

/** How long an invitation stays on its page after the lesson. */
const KEPT_MS = 30 * 86_400_000;

/** Invitations, as who is invited sees and answers them. */
export class InvitationRepository {
  readonly #db: Db;
  readonly #clock: () => WallMs;

  constructor(db: Db, clock: () => WallMs) {
    this.#db = db;
    this.#clock = clock;
  }

  /** One's own: those to come, and those of the last 30 days; in order of time. */
  async of({ accountId }: Account): Promise<Invitation[]> {
    const since = new Date(this.#clock() - KEPT_MS);
    return await this.#read(accountId, (rows) => rows.where('lesson.planned_start', '>=', since));
  }

  /** @throws AppError NOT_FOUND for who is not invited, WRONG_STATE when there is nothing more to answer */
  async answer(account: Account, lessonId: Id, answer: 'accepted' | 'declined'): Promise<Invitation> {
    const { accountId } = account;
    const invitation = await this.find(accountId, lessonId);
    if (invitation.state === 'over' || invitation.state === 'cancelled')
      throw new AppError('WRONG_STATE', `the activity is ${invitation.state}`);
    await this.#db.transaction().execute(async (trx) => {
      await trx
        .updateTable('invitation')
        .set({ state: answer, answered_at: new Date(this.#clock()) })
        .where('lesson_id', '=', lessonId)
        .where('account_id', '=', accountId)
        .execute();
      await tellOfAnswer(trx, lessonId, accountId, answer);
    });
    return await this.find(accountId, lessonId);
  }

  async find(accountId: Id, lessonId: Id): Promise<Invitation> {
    const [invitation] = await this.#read(accountId, (rows) => rows.where('lesson.id', '=', lessonId));
    if (!invitation) throw new AppError('NOT_FOUND', 'no such invitation');
    return invitation;
  }

  async #read(
    accountId: Id,
    narrowed: (rows: ReturnType<typeof invitationRows>) => ReturnType<typeof invitationRows>,
  ): Promise<Invitation[]> {
    const rows = await narrowed(invitationRows(this.#db, accountId)).execute();
    const now = this.#clock();
    return rows.map((row) => ({
      ...shownOf(row, now),
      part: row.part,
      answer: row.answer,
      invitedByName: row.invited_by_name,
      rubric:
        row.part === 'reviewer' && row.rubric_title !== null
          ? { title: row.rubric_title, items: row.rubric_items as NonNullable<Invitation['rubric']>['items'] }
          : null,
    }));
  }
}

const invitationRows = (db: Db, accountId: Id) =>
  activityRows(db)
    .innerJoin('invitation', 'invitation.lesson_id', 'lesson.id')
    .innerJoin('account as inviter', 'inviter.id', 'invitation.invited_by')
    .select(['invitation.part', 'invitation.state as answer', 'inviter.name as invited_by_name'])
    .where('invitation.account_id', '=', accountId)
    .orderBy('lesson.planned_start')
    .orderBy('lesson.id');
