import { mainPeriodOf } from '#protocol/bells.ts';
import { type Day, instantOf, occurrences } from '#protocol/calendar.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { termCalendar } from '../term/term-of.ts';
import { BellBook } from './bell-book.ts';

export interface PlannedRemote {
  classroom_id: Id;
  class_group_id: Id | null;
  assistant_id: Id | null;
  position: number;
  period: number | null;
}

/** A lesson as a pairing's weekly period asks for it on one day. */
export interface WantedLesson {
  slotId: Id;
  slotDay: Day;
  courseId: Id;
  title: string;
  teacherId: Id;
  period: number;
  start: number;
  end: number;
  remotes: PlannedRemote[];
}

export type PairingRow = NonNullable<Awaited<ReturnType<typeof pairingRow>>>;

const pairingRow = (db: Db, pairingId: Id) =>
  db.selectFrom('pairing').selectAll().where('id', '=', pairingId).executeTakeFirst();

/** A pairing, and all lessons that its slots ask for in its term; null: there is no such pairing. */
export async function pairingPlan(
  db: Db,
  pairingId: Id,
  timeZone: string,
): Promise<{ pairing: PairingRow; wanted: WantedLesson[] } | null> {
  const pairing = await pairingRow(db, pairingId);
  if (!pairing) return null;
  return { pairing, wanted: pairing.state === 'active' ? await wantedOf(db, pairing, timeZone) : [] };
}

async function wantedOf(db: Db, pairing: PairingRow, timeZone: string): Promise<WantedLesson[]> {
  const term = await termCalendar(db, pairing.term_id);
  if (!term) return [];
  const slots = await slotsOf(db, pairing.id);
  const remotes = await db
    .selectFrom('pairing_remote')
    .selectAll()
    .where('pairing_id', '=', pairing.id)
    .orderBy('position')
    .execute();
  const { organization_id: school } = pairing;
  const bells = await BellBook.load(db, [school, ...remotes.map(({ organization_id }) => organization_id)]);
  return slots.flatMap((slot) =>
    occurrences(term, term.days, slot).flatMap((day): WantedLesson[] => {
      const bell = bells.find(school, day, slot.period);
      // Winter's bells may have fewer periods than summer's.
      if (!bell) return [];
      return [
        {
          ...{ slotId: slot.id, slotDay: day, courseId: slot.course_id, title: slot.title },
          ...{ teacherId: slot.teacher_id, period: slot.period },
          start: instantOf(day, bell.startsMinute, timeZone),
          end: instantOf(day, bell.endsMinute, timeZone),
          remotes: remotes.map(
            ({ classroom_id, class_group_id, assistant_id, position, organization_id }) => ({
              ...{ classroom_id, class_group_id, assistant_id, position },
              period: mainPeriodOf(bell, bells.on(organization_id, day)),
            }),
          ),
        },
      ];
    }),
  );
}

const slotsOf = (db: Db, pairingId: Id) =>
  db
    .selectFrom('pairing_slot')
    .innerJoin('course', 'course.id', 'pairing_slot.course_id')
    .innerJoin('pairing_course', (join) =>
      join
        .onRef('pairing_course.pairing_id', '=', 'pairing_slot.pairing_id')
        .onRef('pairing_course.course_id', '=', 'pairing_slot.course_id'),
    )
    .select([
      ...([
        'pairing_slot.id',
        'pairing_slot.course_id',
        'pairing_slot.weekday',
        'pairing_slot.period',
      ] as const),
      ...(['pairing_slot.weeks', 'course.title', 'pairing_course.teacher_id'] as const),
    ])
    .where('pairing_slot.pairing_id', '=', pairingId)
    .orderBy('pairing_slot.weekday')
    .orderBy('pairing_slot.period')
    .execute();
