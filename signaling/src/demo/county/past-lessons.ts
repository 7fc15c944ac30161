import { sql } from 'kysely';
import { derivedId } from '#platform/ids.ts';
import type { LessonRole } from '#protocol/permission.ts';
import type { EventBody } from '#protocol/timeline.ts';
import type { Db } from '../../database/database.ts';
import { Chance } from './chance.ts';

const MINUTE = 60_000;
const ROWS_AT_ONCE = 2_000;

interface PastLesson {
  id: string;
  start: Date;
  end: Date;
  teacherId: string;
  rooms: { id: string; name: string; organizationName: string }[];
}

interface HeldLesson {
  id: string;
  start: Date;
  end: Date;
  events: { at: Date; body: EventBody }[];
}

/**
 * What became of the lessons before `today`: nine of ten were held, some late, some without one of their rooms. It
 * stands on their timelines, as of any lesson.
 */
export async function holdPastLessons(
  db: Db,
  rootTermId: string,
  seed: number,
  today: Date,
): Promise<number> {
  const chance = new Chance(seed);
  const held = (await readPast(db, rootTermId, today)).flatMap((lesson) =>
    chance.next() < 0.1 ? [] : [heldAs(chance, lesson)],
  );
  const events = held.flatMap((lesson) =>
    lesson.events.map(({ at, body }, index) => ({
      ...{ lesson_id: lesson.id, seq: index + 1, at, media_ms: null, type: body.type },
      body: JSON.stringify(body),
    })),
  );
  for (let from = 0; from < events.length; from += ROWS_AT_ONCE)
    await db
      .insertInto('timeline_event')
      .values(events.slice(from, from + ROWS_AT_ONCE))
      .execute();
  const rows = held.map(({ id, start, end }) => ({ id, start, end }));
  await sql`update lesson set state = 'ready', actual_start = r.start, actual_end = r."end"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, start timestamptz, "end" timestamptz)
    where lesson.id = r.id`.execute(db);
  return held.length;
}

async function readPast(db: Db, termId: string, today: Date): Promise<PastLesson[]> {
  const { rows } = await sql<PastLesson>`
    select l.id, l.planned_start as start, l.planned_end as "end", l.teacher_id as "teacherId",
      (select json_agg(json_build_object('id', c.id, 'name', c.name, 'organizationName', o.name)
        order by c.id <> l.master_classroom_id, c.id)
        from classroom c join organization o on o.id = c.organization_id
        where c.id = l.master_classroom_id
          or c.id in (select classroom_id from lesson_remote where lesson_id = l.id)) as rooms
    from lesson l where l.term_id = ${termId} and l.planned_end < ${today}
    order by l.planned_start, l.slot_id`.execute(db);
  return rows;
}

function heldAs(chance: Chance, { id, start, end, teacherId, rooms }: PastLesson): HeldLesson {
  const late = chance.next() < 0.12 ? chance.between(4, 9) : chance.between(0, 2);
  const over = chance.next() < 0.1 ? chance.between(5, 8) : chance.between(-2, 2);
  const begun = new Date(start.getTime() + late * MINUTE);
  const ended = new Date(end.getTime() + over * MINUTE);
  const [master, ...remotes] = rooms;
  const there = [master!, ...remotes.filter(() => chance.next() > 0.06)];
  const joined = there.map((room, nth) => ({
    at: new Date(begun.getTime() - (nth === 0 ? 5 : chance.between(1, 6)) * MINUTE),
    body: joinedAs(id, room, nth === 0 ? 'presenter' : 'remote'),
  }));
  const events: HeldLesson['events'] = [
    { at: new Date(begun.getTime() - 7 * MINUTE), body: { type: 'lesson.opened', byAccountId: teacherId } },
    ...joined.sort((one, other) => one.at.getTime() - other.at.getTime()),
    { at: begun, body: { type: 'lesson.started', byAccountId: teacherId } },
    { at: ended, body: { type: 'lesson.ended', reason: 'ended', byAccountId: teacherId } },
    { at: new Date(ended.getTime() + 1_000), body: { type: 'lesson.ready', durationMs: 0 } },
  ];
  return { id, start: begun, end: ended, events };
}

const joinedAs = (lessonId: string, room: PastLesson['rooms'][number], role: LessonRole): EventBody => ({
  type: 'participant.joined',
  participant: {
    participantId: derivedId('participant', lessonId, room.id),
    ...{ accountId: room.id, kind: 'classroom', name: room.name, organizationName: room.organizationName },
    ...{ role, helpsParticipantId: null },
  },
});
