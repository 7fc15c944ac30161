import type { Id } from '#protocol/ids.ts';
import { type LessonChanges, NO_CHANGES } from '#protocol/term.ts';
import type { Db } from '../database/database.ts';
import type { PairingLessons } from './pairing-lessons.ts';

/** Takes away the lessons of a pairing that holds none any more: those ahead that nobody has begun. */
export async function removePlanned(pairingId: Id, trx: Db, now = new Date()): Promise<LessonChanges> {
  const { numDeletedRows } = await trx
    .deleteFrom('lesson')
    .where('pairing_id', '=', pairingId)
    .where('state', '=', 'scheduled')
    .where('planned_start', '>', now)
    .executeTakeFirst();
  return { ...NO_CHANGES, removed: Number(numDeletedRows) };
}

/** Makes no lessons; takes away those of a pairing that is at rest. Where no timetable is at hand. */
export const noTimetable: PairingLessons = {
  async onPairingChanged(pairingId, trx) {
    const pairing = await trx
      .selectFrom('pairing')
      .select('state')
      .where('id', '=', pairingId)
      .executeTakeFirst();
    const atRest = pairing && ['frozen', 'cancelled', 'expired'].includes(pairing.state);
    return atRest ? await removePlanned(pairingId, trx) : NO_CHANGES;
  },
};
