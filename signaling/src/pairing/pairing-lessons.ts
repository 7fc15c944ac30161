import type { Id } from '#protocol/ids.ts';
import { type LessonChanges, NO_CHANGES } from '#protocol/term.ts';
import type { Db } from '../database/database.ts';

/** Of a change of many lessons at once: who is told. Without it nobody is. */
export interface Cause {
  /** Who did it; null: the platform. */
  by: Id | null;
  /** Whether administrators hear of it in another way, with the pairing. */
  teachersOnly?: boolean;
}

/**
 * What follows from a pairing's rows: its lessons. The timetable implements it; terms, bells and pairings call it.
 */
export interface PairingLessons {
  /**
   * Brings the lessons of a pairing in line with its state, slots, partners, term and bells. `active`: those of the
   * term that are still ahead are made, moved or taken away; `frozen`, `cancelled`, `expired`: those that are ahead
   * and still `scheduled` are taken away; `draft` and `pending` change nothing. Past lessons and their replays stay
   * whatever happens. Does the same again when called again.
   * @param trx the transaction in which the rows were changed: use it for everything, and begin none of your own.
   */
  onPairingChanged(pairingId: Id, trx: Db, cause?: Cause): Promise<LessonChanges>;
}

/** Several pairings, one after the other; what became of all their lessons together. */
export async function syncPairings(
  lessons: PairingLessons,
  pairingIds: readonly Id[],
  trx: Db,
  cause?: Cause,
): Promise<LessonChanges> {
  let all = NO_CHANGES;
  for (const pairingId of pairingIds) all = sumOf(all, await lessons.onPairingChanged(pairingId, trx, cause));
  return all;
}

export const sumOf = (one: LessonChanges, other: LessonChanges): LessonChanges => ({
  made: one.made + other.made,
  moved: one.moved + other.moved,
  removed: one.removed + other.removed,
});
