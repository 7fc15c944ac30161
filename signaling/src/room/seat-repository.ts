import type { Id } from '#protocol/ids.ts';
import type { Participant } from '#protocol/timeline.ts';
import type { Db } from '../database/database.ts';

/** Seat keys on disk, so that a page keeps its media when signaling is restarted under it. */
export class SeatRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async keysOf(lessonId: Id): Promise<Map<Id, Id>> {
    const rows = await this.#db
      .selectFrom('seat')
      .select(['participant_id', 'seat_key'])
      .where('lesson_id', '=', lessonId)
      .execute();
    return new Map(rows.map(({ participant_id, seat_key }) => [participant_id, seat_key]));
  }

  async save(lessonId: Id, { participantId, accountId }: Participant, key: Id): Promise<void> {
    await this.#db
      .insertInto('seat')
      .values({ lesson_id: lessonId, participant_id: participantId, account_id: accountId, seat_key: key })
      .onConflict((conflict) =>
        conflict.columns(['lesson_id', 'participant_id']).doUpdateSet({ seat_key: key }),
      )
      .execute();
  }
}
