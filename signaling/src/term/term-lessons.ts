import { dayAndMinuteOf, type TermDay, type TermSpan, teachingWeekday } from '#protocol/calendar.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';

export interface InTheWay {
  count: number;
  /** One of them, for a sentence: '2026-10-09 英语 五年级(2)班'. */
  first: string;
}

/**
 * The lessons of a term that could not stay on their day if the term were `next`: `planned` are still to come, `held`
 * were held on a day that would be outside. A day whose lessons would be those of another weekday counts too.
 */
export async function lessonsInTheWay(
  trx: Db,
  old: { id: Id; starts_on: string; ends_on: string },
  next: TermSpan & { days: readonly TermDay[] },
  timeZone: string,
): Promise<{ planned: InTheWay | null; held: InTheWay | null }> {
  const lessons = await trx
    .selectFrom('lesson')
    .innerJoin('course', 'course.id', 'lesson.course_id')
    .leftJoin('class_group', 'class_group.id', 'lesson.master_class_group_id')
    .select(['lesson.state', 'lesson.slot_day', 'lesson.planned_start'])
    .select(['course.subject', 'class_group.name as class_name'])
    .where('lesson.term_id', '=', old.id)
    .where('lesson.cancelled_at', 'is', null)
    .orderBy('lesson.planned_start')
    .execute();
  const before = { startsOn: old.starts_on, endsOn: old.ends_on };
  const oldDays = await trx
    .selectFrom('term_day')
    .select(['day', 'kind', 'name', 'follows_weekday as followsWeekday'])
    .where('term_id', '=', old.id)
    .execute();
  const planned: string[] = [];
  const held: string[] = [];
  for (const { state, slot_day, planned_start, subject, class_name } of lessons) {
    const day = slot_day ?? dayAndMinuteOf(planned_start.getTime(), timeZone).day;
    const label = `${day} ${subject} ${class_name ?? ''}`.trim();
    if (state !== 'scheduled') {
      if (day < next.startsOn || day > next.endsOn) held.push(label);
    } else if (teachingWeekday(next, next.days, day) !== teachingWeekday(before, oldDays, day))
      planned.push(label);
  }
  return { planned: summary(planned), held: summary(held) };
}

const summary = (labels: readonly string[]): InTheWay | null =>
  labels[0] === undefined ? null : { count: labels.length, first: labels[0] };
