import { sql, type Transaction } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Actor } from '../audit/audit.ts';
import type { Database } from '../database/schema.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { LOCK_DIRECTORY, objectOf, step } from './change.ts';
import { mustHaveNoLessons } from './lessons-to-come.ts';
import { mustBeFree, placeOf } from './place-of.ts';

type Closed = 'classroom' | 'class_group' | 'course';

/** Takes rooms, classes and courses out of every choice, and puts them back; old lessons keep them. */
export class Closing {
  readonly #parts: OfficeParts;
  readonly #table: Closed;

  constructor(parts: OfficeParts, table: Closed) {
    this.#parts = parts;
    this.#table = table;
  }

  async close(actor: Actor, account: Account, id: Id, version: number): Promise<void> {
    await this.#change(actor, account, id, version, 'archived', async (trx) => {
      await mustHaveNoLessons(trx, this.#table, id);
    });
  }

  async reopen(actor: Actor, account: Account, id: Id, version: number): Promise<void> {
    const path = this.#table === 'course' ? 'title' : 'name';
    await this.#change(actor, account, id, version, 'restored', async (trx, organizationId) => {
      const row = await trx
        .selectFrom(this.#table as 'classroom')
        .select(path as 'name')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const name = (row as Record<string, string>)[path]!;
      await mustBeFree(trx, this.#table, { name, organizationId, except: id, path });
    });
  }

  async #change(
    actor: Actor,
    account: Account,
    id: Id,
    version: number,
    change: 'archived' | 'restored',
    check: (trx: Transaction<Database>, organizationId: Id) => Promise<void>,
  ): Promise<void> {
    const { db, office, audit } = this.#parts;
    const place = await placeOf(db, this.#table, id);
    await office.mustMay(account, 'directory.edit', place);
    await db.transaction().execute(async (trx) => {
      await sql.raw(LOCK_DIRECTORY).execute(trx);
      await step(trx, this.#table, id, version);
      await check(trx, place!);
      await trx
        .updateTable(this.#table as 'classroom')
        .set({ archived_at: change === 'archived' ? new Date() : null })
        .where('id', '=', id)
        .execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId: place,
        object: objectOf(this.#table, id),
        detail: { change },
      });
    });
  }
}
