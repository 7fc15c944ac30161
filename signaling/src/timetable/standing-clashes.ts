import { sql } from 'kysely';
import { DAY_MS, dayAndMinuteOf } from '#protocol/calendar.ts';
import type { ClashedLesson } from '#protocol/clashes.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { type RemoteRow, remotesOf } from '../lesson/lesson-rows.ts';
import type { DraftTime } from './clash-drafts.ts';
import { partiesOf, type WantedParties } from './clash-parties.ts';
import { type ClashParts, clashesAt } from './clashes.ts';
import { concerns } from './week-lessons.ts';

/** A term and its holidays: what lies further ahead is not planned yet. */
const AHEAD_DAYS = 240;

/**
 * The lessons to come in a school's weeks that put somebody or some room into two lessons at once, by time. Queries are as
 * many for one lesson as for a term of them. Whether `account` may edit that timetable is the caller's to check.
 */
export async function standingClashes(
  parts: ClashParts,
  account: Account,
  organizationId: Id,
): Promise<ClashedLesson[]> {
  const { db, timeZone, now = Date.now } = parts;
  const lessons = await lessonsAhead(parts, organizationId, now());
  const remotes = await remotesOf(
    db,
    lessons.map(({ id }) => id),
  );
  const wanted: WantedParties = new Map();
  const times = lessons.map((lesson, at): DraftTime => {
    const { id, subject, planned_start: start, planned_end: end } = lesson;
    const want = (kind: 'teacher' | 'assistant' | 'classroom' | 'classGroup', party: Id | null) => {
      if (party === null) return;
      if (!wanted.has(party)) wanted.set(party, { kind, at: new Set() });
      wanted.get(party)!.at!.add(at);
    };
    want('teacher', lesson.teacher_id);
    want('classroom', lesson.master_classroom_id);
    want('classGroup', lesson.master_class_group_id);
    for (const remote of remotes.get(id)!) {
      want('classroom', remote.classroom_id);
      want('classGroup', remote.class_group_id);
      want('assistant', remote.assistant_id);
    }
    const { day, minute } = dayAndMinuteOf(start.getTime(), timeZone);
    const minutes = Math.round((end.getTime() - start.getTime()) / 60_000);
    return {
      ...{ at, lessonId: id, subject, day, start, end },
      ...{ startsMinute: minute, endsMinute: Math.min(1440, minute + minutes) },
    };
  });
  const found = await clashesAt(parts, account, await partiesOf(db, wanted, organizationId), times);
  return [...Map.groupBy(found, ({ at }) => at)].map(([at, clashes]) => {
    const { id, subject } = lessons[at]!;
    const { day, startsMinute } = times[at]!;
    const who = whoOf(lessons[at]!, remotes.get(id)!, organizationId);
    return { lessonId: id, day, startsMinute, subject, who, clashes };
  });
}

const lessonsAhead = ({ db }: ClashParts, organizationId: Id, now: number) =>
  db
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .innerJoin('classroom', 'classroom.id', 'lesson.master_classroom_id')
    .leftJoin('class_group', 'class_group.id', 'lesson.master_class_group_id')
    .selectAll('lesson')
    .select(['course.subject', 'classroom.name as room_name', 'class_group.name as group_name'])
    .where('lesson.planned_end', '>', new Date(now))
    .where('lesson.planned_start', '<', new Date(now + AHEAD_DAYS * DAY_MS))
    .where('lesson.cancelled_at', 'is', null)
    .where('lesson.state', 'not in', ['ended', 'ready'])
    .where(sql<boolean>`${concerns(organizationId)}`)
    .orderBy('lesson.planned_start')
    .orderBy('lesson.id')
    .execute();

type LessonAhead = Awaited<ReturnType<typeof lessonsAhead>>[number];

/** Of the school's own rooms that sit in it the first one's class. */
function whoOf(lesson: LessonAhead, remotes: readonly RemoteRow[], organizationId: Id): string {
  const own = remotes.find(({ organization_id }) => organization_id === organizationId);
  return lesson.organization_id === organizationId || !own
    ? (lesson.group_name ?? lesson.room_name)
    : (own.class_group_name ?? own.name);
}
