import { sql } from 'kysely';
import { dayAndMinuteOf, MINUTES_A_DAY } from '#protocol/calendar.ts';
import type { Id } from '#protocol/ids.ts';
import type { ClashDraft } from '#protocol/timetable.ts';
import type { Db } from '../database/database.ts';
import type { DraftTime } from './clash-drafts.ts';
import type { Party } from './clash-parties.ts';
import type { Meeting } from './clashes.ts';

interface Row {
  lesson_id: Id;
  party_id: Id;
  planned_start: Date;
  planned_end: Date;
  subject: string;
  period: number | null;
  organization_name: string;
}

/** No lesson is longer: how far before a time its beginning is looked for. */
const LONGEST_HOURS = 6;

/**
 * Shared lessons in which a party sits at one of the times. One look into an index for each party; the rows, a term's
 * at most, are compared here, because a draft's hundred times would be a hundred looks.
 */
export async function datedMeetings(
  db: Db,
  parties: readonly Party[],
  times: readonly DraftTime[],
  timeZone: string,
  draft: ClashDraft,
): Promise<Meeting[]> {
  const ids = sql.join(parties.map(({ id }) => id));
  const from = new Date(Math.min(...times.map(({ start }) => start.getTime())) - LONGEST_HOURS * 3_600_000);
  const to = new Date(Math.max(...times.map(({ end }) => end.getTime())));
  const within = sql`l.planned_start >= ${from} and l.planned_start < ${to} and l.cancelled_at is null
    and l.state <> 'ready' and l.state <> 'ended'`;
  const { rows } = await sql<Row>`
    with busy as (
      select l.id, l.teacher_id as party_id, l.period from lesson l where l.teacher_id in (${ids}) and ${within}
      union all select l.id, l.master_classroom_id, l.period from lesson l
        where l.master_classroom_id in (${ids}) and ${within}
      union all select l.id, l.master_class_group_id, l.period from lesson l
        where l.master_class_group_id in (${ids}) and ${within}
      union all select l.id, r.classroom_id, r.period from lesson_remote r join lesson l on l.id = r.lesson_id
        where r.classroom_id in (${ids}) and ${within}
      union all select l.id, r.class_group_id, r.period from lesson_remote r join lesson l on l.id = r.lesson_id
        where r.class_group_id in (${ids}) and ${within}
      union all select l.id, r.assistant_id, r.period from lesson_remote r join lesson l on l.id = r.lesson_id
        where r.assistant_id in (${ids}) and ${within}
    )
    select l.id as lesson_id, busy.party_id, busy.period, l.planned_start, l.planned_end, course.subject,
      organization.name as organization_name
    from busy join lesson l on l.id = busy.id join course on course.id = l.course_id
      join organization on organization.id = l.organization_id
    where ${
      draft.kind === 'lesson'
        ? sql`l.id is distinct from ${draft.lessonId}::text`
        : sql`l.pairing_id is distinct from ${draft.pairingId}::text`
    }`.execute(db);
  const byParty = Map.groupBy(rows, ({ party_id }) => party_id);
  const sorted = times.toSorted((a, b) => a.start.getTime() - b.start.getTime());
  return parties.flatMap((party) =>
    (byParty.get(party.id) ?? []).flatMap((row) =>
      touching(sorted, row).map((time) => meetingOf(party, time, row, timeZone)),
    ),
  );
}

/** The times that a lesson cuts. */
const touching = (times: readonly DraftTime[], { planned_start, planned_end }: Row): DraftTime[] =>
  times.filter(({ start, end }) => planned_start < end && planned_end > start);

function meetingOf(party: Party, time: DraftTime, row: Row, timeZone: string): Meeting {
  const { minute } = dayAndMinuteOf(row.planned_start.getTime(), timeZone);
  const minutes = Math.round((row.planned_end.getTime() - row.planned_start.getTime()) / 60_000);
  return {
    ...{ party, time, subject: row.subject, period: row.period, organizationName: row.organization_name },
    ...{ startsMinute: minute, endsMinute: Math.min(minute + minutes, MINUTES_A_DAY), local: false },
    key: `${row.subject} ${row.period} ${minute} ${row.organization_name}`,
  };
}
