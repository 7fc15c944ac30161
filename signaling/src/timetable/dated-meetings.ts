import { sql } from 'kysely';
import { dayAndMinuteOf, MINUTES_A_DAY } from '#protocol/calendar.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import type { DraftTime } from './clash-drafts.ts';
import type { Party } from './clash-parties.ts';
import type { Meeting } from './clashes.ts';

interface Row {
  lesson_id: Id;
  /** Who of the lesson may be one of the parties. */
  teacher_id: Id | null;
  assistant_id: Id | null;
  classroom_id: Id | null;
  class_group_id: Id | null;
  planned_start: Date;
  planned_end: Date;
  subject: string;
  /** By the bells of that room. */
  period: number | null;
  organization_name: string;
}

/** No lesson is longer: how far before a time its beginning is looked for. */
const LONGEST_MS = 6 * 3_600_000;

/**
 * Shared lessons in which a party sits at one of the times: one query, whatever the number of times.
 * @param pairingId whose lessons are in nobody's way.
 */
export async function datedMeetings(
  db: Db,
  parties: readonly Party[],
  times: readonly DraftTime[],
  timeZone: string,
  pairingId: Id | null,
): Promise<Meeting[]> {
  const rows = await busyAt(db, parties, times, pairingId);
  const byParty = Map.groupBy(
    rows.flatMap((row) =>
      [row.teacher_id, row.assistant_id, row.classroom_id, row.class_group_id].flatMap((id) =>
        id ? [{ id, row }] : [],
      ),
    ),
    ({ id }) => id,
  );
  return parties.flatMap((party) =>
    (byParty.get(party.id) ?? []).flatMap(({ row }) =>
      touching(times, row).map((time) => meetingOf(party, time, row, timeZone)),
    ),
  );
}

async function busyAt(
  db: Db,
  parties: readonly Party[],
  times: readonly DraftTime[],
  pairingId: Id | null,
): Promise<Row[]> {
  const ids = sql.join(parties.map(({ id }) => id));
  const starts = times.map(({ start }) => start.getTime());
  const ends = times.map(({ end }) => end.getTime());
  const isoOf = (all: readonly number[]) => all.map((at) => new Date(at).toISOString());
  const within = sql`l.planned_start >= ${new Date(Math.min(...starts) - LONGEST_MS)}
    and l.planned_start < ${new Date(Math.max(...ends))} and l.cancelled_at is null
    and l.state not in ('ended', 'ready') and ${
      pairingId === null ? sql`true` : sql`l.pairing_id is distinct from ${pairingId}`
    }
    and exists (select 1 from unnest(${isoOf(starts)}::timestamptz[], ${isoOf(ends)}::timestamptz[]) as wanted(s, e)
      where l.planned_start < wanted.e and l.planned_end > wanted.s)`;
  const { rows } = await sql<Row>`
    select busy.*, course.subject, organization.name as organization_name from (
      select l.id as lesson_id, l.teacher_id, null as assistant_id, l.master_classroom_id as classroom_id,
        l.master_class_group_id as class_group_id, l.period, l.planned_start, l.planned_end, l.course_id, l.organization_id
      from lesson l
      where (l.teacher_id in (${ids}) or l.master_classroom_id in (${ids}) or l.master_class_group_id in (${ids}))
        and ${within}
      union all
      select l.id, null, r.assistant_id, r.classroom_id, r.class_group_id, r.period, l.planned_start, l.planned_end,
        l.course_id, l.organization_id
      from lesson_remote r join lesson l on l.id = r.lesson_id
      where (r.classroom_id in (${ids}) or r.class_group_id in (${ids}) or r.assistant_id in (${ids})) and ${within}
    ) busy join course on course.id = busy.course_id
      join organization on organization.id = busy.organization_id`.execute(db);
  return rows;
}

/** The times of other lessons that a lesson cuts. */
const touching = (times: readonly DraftTime[], { lesson_id, planned_start, planned_end }: Row): DraftTime[] =>
  times.filter(
    ({ lessonId, start, end }) => lesson_id !== lessonId && planned_start < end && planned_end > start,
  );

function meetingOf(party: Party, time: DraftTime, row: Row, timeZone: string): Meeting {
  const { minute } = dayAndMinuteOf(row.planned_start.getTime(), timeZone);
  const minutes = Math.round((row.planned_end.getTime() - row.planned_start.getTime()) / 60_000);
  return {
    ...{ party, time, subject: row.subject, period: row.period, organizationName: row.organization_name },
    ...{ startsMinute: minute, endsMinute: Math.min(minute + minutes, MINUTES_A_DAY), local: false },
    key: `${row.subject} ${row.period} ${minute} ${row.organization_name}`,
  };
}
