import { sql } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import type { MadeLessons, MakeTermProgress } from '#protocol/timetable.ts';
import type { Db } from '../database/database.ts';
import { organizationsBelow } from '../office/office-access.ts';
import type { Cause } from '../pairing/pairing-lessons.ts';
import type { LessonMaker } from './make-lessons.ts';

const NOTHING: MadeLessons = { made: 0, changed: 0, removed: 0, kept: 0 };

/**
 * Makes the lessons of the running pairings of an organization and all below it, each pairing in a transaction of its
 * own: what is done stays done. @param atOnce how many in this call; go on with `after` of its answer.
 */
export async function makeTerm(
  db: Db,
  maker: LessonMaker,
  { organizationId, termId, after = null }: { organizationId: Id; termId: Id; after?: Id | null },
  { atOnce = Number.POSITIVE_INFINITY, onProgress = () => {}, cause }: MakeTermOptions = {},
): Promise<MakeTermProgress> {
  const pairings = await db
    .selectFrom('pairing')
    .select('id')
    .where('term_id', '=', termId)
    .where('state', '=', 'active')
    .where(sql<boolean>`organization_id in ${organizationsBelow(organizationId)}`)
    .orderBy('id')
    .execute();
  const ids = pairings.map(({ id }) => id);
  const first = after === null ? 0 : ids.indexOf(after) + 1;
  let report = NOTHING;
  let done = first;
  for (const id of ids.slice(first, first + atOnce)) {
    report = sum(report, await db.transaction().execute((trx) => maker.make(id, trx, cause)));
    done += 1;
    onProgress(done, ids.length);
  }
  return { ...report, done, total: ids.length, after: done < ids.length ? (ids[done - 1] ?? null) : null };
}

export interface MakeTermOptions {
  atOnce?: number;
  onProgress?: (done: number, total: number) => void;
  /** Who is told; nobody without it. */
  cause?: Cause | undefined;
}

const sum = (one: MadeLessons, other: MadeLessons): MadeLessons => ({
  made: one.made + other.made,
  changed: one.changed + other.changed,
  removed: one.removed + other.removed,
  kept: one.kept + other.kept,
});
