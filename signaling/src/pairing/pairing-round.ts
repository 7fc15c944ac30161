import { dayAndMinuteOf } from '#protocol/calendar.ts';
import { type Audit, PLATFORM } from '../audit/audit.ts';
import type { Db } from '../database/database.ts';
import type { PairingLessons } from './pairing-lessons.ts';
import { PairingWriter } from './pairing-writer.ts';

/** Ends the pairings of a term that is over. Several processes may go this round: each ends what still stands. */
export class PairingRound {
  readonly #parts: { db: Db; audit: Audit; timeZone: string };
  readonly #writer: PairingWriter;

  constructor(parts: { db: Db; audit: Audit; timeZone: string }, lessons: PairingLessons) {
    this.#parts = parts;
    this.#writer = new PairingWriter(parts.db, lessons);
  }

  /** @returns how many it ended. */
  async go(now = Date.now()): Promise<number> {
    const { db, audit, timeZone } = this.#parts;
    const ended = await this.#writer.expire(dayAndMinuteOf(now, timeZone).day);
    for (const id of ended) {
      const { organization_id } = await db
        .selectFrom('pairing')
        .select('organization_id')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const object = { kind: 'pairing', id };
      await audit.write(PLATFORM, {
        action: 'pairing.changed',
        organizationId: organization_id,
        object,
        detail: { what: 'expired' },
      });
    }
    return ended.length;
  }
}
