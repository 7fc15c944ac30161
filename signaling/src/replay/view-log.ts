import { newId } from '#platform/ids.ts';
import type { Db } from '../database/database.ts';

/** Players ask again every few minutes: within this time it is one view. */
const SAME_VIEW_MS = 30 * 60_000;

/** One of a lesson and a resource. */
export interface View {
  lessonId: string | null;
  resourceId: string | null;
  accountId: string | null;
  address: string;
}

/** Who watched what. */
export class ViewLog {
  readonly #db: Db;
  readonly #recent = new Map<string, number>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Keeps a view; the renewals of one are not counted again. Returns whether it was a new one. */
  async opened({ lessonId, resourceId, accountId, address }: View): Promise<boolean> {
    const now = Date.now();
    const key = `${accountId ?? address} ${resourceId ?? lessonId}`;
    const last = this.#recent.get(key);
    this.#recent.delete(key);
    this.#recent.set(key, now);
    for (const [known, at] of this.#recent) {
      if (now - at <= SAME_VIEW_MS) break;
      this.#recent.delete(known);
    }
    if (last !== undefined && now - last <= SAME_VIEW_MS) return false;
    const from = resourceId ? 'resource' : 'lesson';
    await this.#db
      .insertInto('replay_view')
      .columns(['id', 'lesson_id', 'resource_id', 'organization_id', 'account_id', 'at', 'address'])
      .expression((eb) =>
        eb
          .selectFrom(from)
          .select((row) => [
            row.val(newId()).as('id'),
            row.val(lessonId).as('lesson_id'),
            row.val(resourceId).as('resource_id'),
            row.ref('organization_id').as('organization_id'),
            row.val(accountId).as('account_id'),
            row.val(new Date(now)).as('at'),
            row.val(address).as('address'),
          ])
          .where('id', '=', resourceId ?? lessonId),
      )
      .execute();
    return true;
  }
}
