import { newId } from '#platform/ids.ts';
import type { Id } from '#protocol/ids.ts';
import type { LessonChanges } from '#protocol/term.ts';
import type { MadeLessons } from '#protocol/timetable.ts';
import type { Db } from '../database/database.ts';
import { type LessonFacts, type LessonShift, tellOfLessons } from '../notice/lessons-news.ts';
import type { Cause, PairingLessons } from '../pairing/pairing-lessons.ts';
import { type MadeLesson, madeLessons, matched } from './made-lessons.ts';
import { type PairingRow, pairingPlan, type WantedLesson } from './pairing-plan.ts';

/** Rows in one statement: each has some twenty values, and PostgreSQL takes 65,535. */
const ROWS_AT_ONCE = 500;

/** Makes a pairing's lessons out of its weekly periods, and keeps them in line with what they were made of. */
export class LessonMaker implements PairingLessons {
  readonly #timeZone: string;
  readonly #now: () => number;

  constructor(timeZone: string, now: () => number = Date.now) {
    this.#timeZone = timeZone;
    this.#now = now;
  }

  async onPairingChanged(pairingId: Id, trx: Db, cause?: Cause): Promise<LessonChanges> {
    const { made, changed, removed } = await this.make(pairingId, trx, cause);
    return { made, moved: changed, removed };
  }

  /** `onPairingChanged`, and how many were left alone. @param trx a short transaction, or the database itself. */
  async make(pairingId: Id, trx: Db, cause?: Cause): Promise<MadeLessons> {
    const report: MadeLessons = { made: 0, changed: 0, removed: 0, kept: 0 };
    const plan = await pairingPlan(trx, pairingId, this.#timeZone);
    if (!plan || plan.pairing.state === 'draft' || plan.pairing.state === 'pending') return report;
    const { pairing, wanted } = plan;
    const { pairs, left } = matched(wanted, await madeLessons(trx, pairingId));
    const rows: LessonValues[] = [];
    const shifts: LessonShift[] = [];
    for (const [lesson, made] of pairs) {
      if (made ? !this.#follows(made) : lesson.start <= this.#now()) {
        if (made) report.kept += 1;
        continue;
      }
      if (made && isAsWanted(lesson, made, pairing)) continue;
      rows.push(valuesOf(lesson, made, pairing));
      shifts.push({ was: made && factsOfMade(made), now: factsOfWanted(lesson, pairing) });
      if (made) report.changed += 1;
      else report.made += 1;
    }
    const over = left.filter((made) => this.#goes(made, pairing));
    await remove(
      trx,
      over.map(({ id }) => id),
    );
    report.removed = over.length;
    report.kept += left.length - over.length;
    await write(trx, rows);
    for (const made of over) shifts.push({ was: factsOfMade(made), now: null });
    if (cause) await tellOfShifts(trx, pairing, shifts, cause);
    return report;
  }

  /** Whether a lesson still follows what it was made of. */
  #follows(made: MadeLesson): boolean {
    return this.#isAhead(made) && !made.changed_by_hand;
  }

  /** Nobody asks for it any more: does it go? With the pairing itself also what was moved by hand. */
  #goes(made: MadeLesson, pairing: PairingRow): boolean {
    if (!this.#isAhead(made) || made.cancelled_at !== null) return false;
    return pairing.state !== 'active' || !made.changed_by_hand;
  }

  #isAhead({ state, planned_start }: MadeLesson): boolean {
    return state === 'scheduled' && planned_start.getTime() > this.#now();
  }
}

const factsOfMade = (made: MadeLesson): LessonFacts => ({
  ...{ start: made.planned_start.getTime(), end: made.planned_end.getTime(), courseId: made.course_id },
  ...{ teacherId: made.teacher_id, masterClassroomId: made.master_classroom_id },
  remotes: made.remotes.map(seatOf),
});

const factsOfWanted = (
  { start, end, courseId, teacherId, remotes }: WantedLesson,
  pairing: PairingRow,
): LessonFacts => ({
  ...{ start, end, courseId, teacherId, masterClassroomId: pairing.master_classroom_id },
  remotes: remotes.map(seatOf),
});

const seatOf = ({
  classroom_id: classroomId,
  assistant_id: assistantId,
}: WantedLesson['remotes'][number]) => ({
  classroomId,
  assistantId,
});

async function tellOfShifts(
  trx: Db,
  { id, organization_id, term_id: termId }: PairingRow,
  shifts: readonly LessonShift[],
  { by, teachersOnly = false }: Cause,
): Promise<void> {
  const partners = await trx
    .selectFrom('pairing_remote')
    .select('organization_id')
    .where('pairing_id', '=', id)
    .execute();
  const schools = [organization_id, ...partners.map((partner) => partner.organization_id)];
  await tellOfLessons(trx, { termId, by, schools: teachersOnly ? [] : schools, shifts });
}

interface LessonValues {
  lesson: ReturnType<typeof lessonValues>;
  remotes: WantedLesson['remotes'];
}

const valuesOf = (wanted: WantedLesson, made: MadeLesson | null, pairing: PairingRow): LessonValues => ({
  lesson: lessonValues(wanted, made, pairing),
  remotes: wanted.remotes,
});

const lessonValues = (wanted: WantedLesson, made: MadeLesson | null, pairing: PairingRow) => ({
  id: made?.id ?? newId(),
  organization_id: pairing.organization_id,
  course_id: wanted.courseId,
  mode: 'delivery' as const,
  state: 'scheduled' as const,
  title: wanted.title,
  period: wanted.period,
  planned_start: new Date(wanted.start),
  planned_end: new Date(wanted.end),
  actual_start: null,
  actual_end: null,
  teacher_id: wanted.teacherId,
  master_classroom_id: pairing.master_classroom_id,
  master_class_group_id: pairing.master_class_group_id,
  term_id: pairing.term_id,
  pairing_id: pairing.id,
  slot_id: wanted.slotId,
  slot_day: wanted.slotDay,
  auto_open: pairing.auto_open,
  version: (made?.version ?? 0) + 1,
  changed_at: new Date(),
});

/** A lesson's own title stays what somebody called it. */
function isAsWanted(wanted: WantedLesson, made: MadeLesson, pairing: PairingRow): boolean {
  return (
    made.slot_id === wanted.slotId &&
    made.slot_day === wanted.slotDay &&
    made.course_id === wanted.courseId &&
    made.teacher_id === wanted.teacherId &&
    made.period === wanted.period &&
    made.planned_start.getTime() === wanted.start &&
    made.planned_end.getTime() === wanted.end &&
    made.master_classroom_id === pairing.master_classroom_id &&
    made.master_class_group_id === pairing.master_class_group_id &&
    made.auto_open === pairing.auto_open &&
    JSON.stringify(made.remotes.map(keyOfRemote)) === JSON.stringify(wanted.remotes.map(keyOfRemote))
  );
}

const keyOfRemote = (remote: WantedLesson['remotes'][number]) => [
  ...[remote.classroom_id, remote.class_group_id, remote.assistant_id, remote.position, remote.period],
];

/** What somebody has prepared for a lesson is not thrown away with it: such a one is called off instead. */
async function remove(db: Db, ids: readonly Id[]): Promise<void> {
  if (ids.length === 0) return;
  const prepared = await db
    .selectFrom('lesson')
    .select('id')
    .where('id', 'in', [...ids])
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(selectFrom('courseware_document').select('id').whereRef('lesson_id', '=', 'lesson.id')),
        exists(selectFrom('timeline_event').select('seq').whereRef('lesson_id', '=', 'lesson.id')),
        exists(selectFrom('invitation').select('account_id').whereRef('lesson_id', '=', 'lesson.id')),
      ]),
    )
    .execute();
  const keep = new Set(prepared.map(({ id }) => id));
  const drop = ids.filter((id) => !keep.has(id));
  if (drop.length > 0) await db.deleteFrom('lesson').where('id', 'in', drop).execute();
  if (keep.size === 0) return;
  await db
    .updateTable('lesson')
    .set(({ eb }) => ({
      ...{ cancelled_at: new Date(), cancel_reason: '', changed_at: new Date() },
      version: eb('version', '+', 1),
    }))
    .where('id', 'in', [...keep])
    .execute();
}

async function write(db: Db, all: readonly LessonValues[]): Promise<void> {
  for (let from = 0; from < all.length; from += ROWS_AT_ONCE) {
    const rows = all.slice(from, from + ROWS_AT_ONCE);
    const ids = rows.map(({ lesson }) => lesson.id);
    await db
      .insertInto('lesson')
      .values(rows.map(({ lesson }) => lesson))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(({ ref }) => ({
          course_id: ref('excluded.course_id'),
          period: ref('excluded.period'),
          planned_start: ref('excluded.planned_start'),
          planned_end: ref('excluded.planned_end'),
          teacher_id: ref('excluded.teacher_id'),
          master_classroom_id: ref('excluded.master_classroom_id'),
          master_class_group_id: ref('excluded.master_class_group_id'),
          slot_id: ref('excluded.slot_id'),
          slot_day: ref('excluded.slot_day'),
          auto_open: ref('excluded.auto_open'),
          version: ref('excluded.version'),
          changed_at: ref('excluded.changed_at'),
        })),
      )
      .execute();
    await db.deleteFrom('lesson_remote').where('lesson_id', 'in', ids).execute();
    const remotes = rows.flatMap(({ lesson, remotes }) =>
      remotes.map((remote) => ({ lesson_id: lesson.id, ...remote })),
    );
    if (remotes.length > 0) await db.insertInto('lesson_remote').values(remotes).execute();
  }
}
