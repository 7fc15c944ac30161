import { sql } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { administratorsOf } from './administrators.ts';
import { type Told, tell } from './tell.ts';

/** Whose a lesson is, and what of it they would notice. */
export interface LessonFacts {
  start: number;
  end: number;
  courseId: Id;
  teacherId: Id;
  masterClassroomId: Id;
  remotes: { classroomId: Id; assistantId: Id | null }[];
}

/** What became of one lesson; null: it was not there before, or is not any more. */
export interface LessonShift {
  was: LessonFacts | null;
  now: LessonFacts | null;
}

export interface ManyLessons {
  termId: Id;
  by: Id | null;
  /** Whose administrators hear of them; none: they are told in another way. */
  schools: readonly Id[];
  shifts: readonly LessonShift[];
}

interface Count {
  made: number;
  changed: number;
  removed: number;
  from: number;
}

/**
 * Tells each teacher, assistant and administrator how many of their lessons were made, changed and taken away, not one
 * by one. What is unread of the same term grows by it.
 */
export async function tellOfLessons(trx: Db, { termId, by, schools, shifts }: ManyLessons): Promise<void> {
  if (shifts.length === 0) return;
  const teaching = new Map<Id, 'teacher' | 'assistant'>();
  for (const facts of shifts.flatMap(({ was, now }) => [was, now]))
    for (const { assistantId } of facts?.remotes ?? [])
      if (assistantId) teaching.set(assistantId, 'assistant');
  for (const facts of shifts.flatMap(({ was, now }) => [was, now]))
    if (facts) teaching.set(facts.teacherId, 'teacher');
  const administering = new Set([...(await administratorsOf(trx, schools)).values()].flat());
  const told: Told[] = [];
  for (const accountId of new Set([...administering, ...teaching.keys()])) {
    if (accountId === by) continue;
    const count = administering.has(accountId)
      ? countOf(shifts, wholeOf)
      : countOf(shifts, partOf(accountId));
    if (count.made + count.changed + count.removed === 0) continue;
    const part = teaching.get(accountId) ?? 'administrator';
    told.push({ accountId, part, matter: `lessons ${termId}`, by, body: { kind: 'lessons', ...count } });
  }
  await tell(trx, told, GROWN);
}

const sum = (name: 'made' | 'changed' | 'removed') =>
  sql`${sql.lit(name)}, (notice.body->>${sql.lit(name)})::int + (excluded.body->>${sql.lit(name)})::int`;
const GROWN = sql`jsonb_build_object('kind', 'lessons', ${sum('made')}, ${sum('changed')}, ${sum('removed')},
  'from', least((notice.body->>'from')::bigint, (excluded.body->>'from')::bigint))`;

/** @param seen a lesson as somebody sees it; null: it is not theirs. */
function countOf(shifts: readonly LessonShift[], seen: (facts: LessonFacts) => string | null): Count {
  const count: Count = { made: 0, changed: 0, removed: 0, from: Number.POSITIVE_INFINITY };
  for (const shift of shifts) {
    const was = shift.was && seen(shift.was);
    const now = shift.now && seen(shift.now);
    if (was === now) continue;
    count[was === null ? 'made' : now === null ? 'removed' : 'changed'] += 1;
    for (const facts of [was === null ? null : shift.was, now === null ? null : shift.now])
      if (facts) count.from = Math.min(count.from, facts.start);
  }
  return count;
}

const wholeOf = (facts: LessonFacts): string => JSON.stringify([baseOf(facts), facts.remotes]);

const partOf =
  (accountId: Id) =>
  (facts: LessonFacts): string | null => {
    const rooms = facts.remotes.filter(({ assistantId }) => assistantId === accountId);
    const teaches = facts.teacherId === accountId;
    return teaches || rooms.length > 0 ? JSON.stringify([baseOf(facts), rooms]) : null;
  };

const baseOf = ({ start, end, courseId, teacherId, masterClassroomId }: LessonFacts) => [
  ...[start, end, courseId, teacherId, masterClassroomId],
];
