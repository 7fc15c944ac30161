import type { Weeks } from '#protocol/calendar.ts';
import { type Day, isInWeeks, type TermDay, teachingWeekday, weekOfTerm } from '#protocol/calendar.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { BellBook } from './bell-book.ts';
import type { DraftTime } from './clash-drafts.ts';
import type { Party } from './clash-parties.ts';
import type { Meeting } from './clashes.ts';

interface LocalRow {
  id: Id;
  organization_id: Id;
  organization_name: string;
  term_id: Id;
  starts_on: Day;
  ends_on: Day;
  class_group_id: Id;
  teacher_id: Id | null;
  classroom_id: Id | null;
  weekday: number;
  period: number;
  weeks: Weeks;
  subject: string;
}

/** Weekly lessons of schools themselves that a party has at one of the times, by its school's own bells and holidays. */
export async function localMeetings(
  db: Db,
  parties: readonly Party[],
  times: readonly DraftTime[],
): Promise<Meeting[]> {
  const rows = await rowsOf(db, parties, times);
  if (rows.length === 0) return [];
  const bells = await BellBook.load(
    db,
    rows.map(({ organization_id }) => organization_id),
  );
  const days = await daysOf(db, [...new Set(rows.map(({ term_id }) => term_id))]);
  const byParty = Map.groupBy(
    rows.flatMap((row) =>
      [row.class_group_id, row.teacher_id, row.classroom_id].flatMap((id) => (id ? [{ id, row }] : [])),
    ),
    ({ id }) => id,
  );
  const timesOn = timesByWeekday(times);
  const classes = new Set(parties.flatMap(({ kind, id }) => (kind === 'classGroup' ? [id] : [])));
  return parties.flatMap((party) =>
    (byParty.get(party.id) ?? []).flatMap(({ row }) =>
      timesOn(row, days.get(row.term_id) ?? []).flatMap((time) => {
        const bell = bells.find(row.organization_id, time.day, row.period);
        if (!bell || bell.startsMinute >= time.endsMinute || bell.endsMinute <= time.startsMinute) return [];
        // The class's own timetable names the shared lesson: it is that lesson.
        if (row.subject === time.subject && classes.has(row.class_group_id)) return [];
        return [meetingOf(party, time, row, bell)];
      }),
    ),
  );
}

/** Those of the times on whose day a weekly lesson is held; what a term makes of a day is worked out once. */
function timesByWeekday(times: readonly DraftTime[]) {
  const known = new Map<Id, Map<number | null, { time: DraftTime; week: number }[]>>();
  return (row: LocalRow, days: readonly TermDay[]): DraftTime[] => {
    const term = { startsOn: row.starts_on, endsOn: row.ends_on };
    if (!known.has(row.term_id))
      known.set(
        row.term_id,
        Map.groupBy(
          times.map((time) => ({ time, week: weekOfTerm(term, time.day) })),
          ({ time }) => teachingWeekday(term, days, time.day),
        ),
      );
    const held = known.get(row.term_id)!.get(row.weekday) ?? [];
    return held.filter(({ week }) => isInWeeks(row.weeks, week)).map(({ time }) => time);
  };
}

const meetingOf = (
  party: Party,
  time: DraftTime,
  row: LocalRow,
  { startsMinute, endsMinute }: { startsMinute: number; endsMinute: number },
): Meeting => ({
  ...{ party, time, subject: row.subject, period: row.period, organizationName: row.organization_name },
  ...{ startsMinute, endsMinute, local: true },
  key: `local ${row.subject} ${row.period}`,
});

async function rowsOf(db: Db, parties: readonly Party[], times: readonly DraftTime[]): Promise<LocalRow[]> {
  const days = times.map(({ day }) => day).sort();
  const ids = parties.map(({ id }) => id);
  return await db
    .selectFrom('local_lesson as l')
    .innerJoin('term', 'term.id', 'l.term_id')
    .innerJoin('organization', 'organization.id', 'l.organization_id')
    .select([
      ...([
        'l.id',
        'l.organization_id',
        'l.term_id',
        'l.class_group_id',
        'l.teacher_id',
        'l.weekday',
      ] as const),
      ...(['l.classroom_id', 'l.period', 'l.weeks', 'l.subject', 'term.starts_on', 'term.ends_on'] as const),
      'organization.name as organization_name',
    ])
    .where('term.starts_on', '<=', days.at(-1)!)
    .where('term.ends_on', '>=', days[0]!)
    .where(({ or, eb }) =>
      or([eb('l.class_group_id', 'in', ids), eb('l.teacher_id', 'in', ids), eb('l.classroom_id', 'in', ids)]),
    )
    .execute();
}

/** Holidays and make-up days of terms. */
async function daysOf(db: Db, termIds: readonly Id[]): Promise<Map<Id, TermDay[]>> {
  const rows = await db
    .selectFrom('term_day')
    .selectAll()
    .where('term_id', 'in', [...termIds])
    .execute();
  return Map.groupBy(
    rows.map(({ follows_weekday, ...row }) => ({ ...row, followsWeekday: follows_weekday })),
    ({ term_id }) => term_id,
  );
}
