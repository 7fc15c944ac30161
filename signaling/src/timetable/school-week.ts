import { sql } from 'kysely';
import {
  addDays,
  type Day,
  dayAndMinuteOf,
  daysFromTo,
  instantOf,
  isInWeeks,
  mondayOf,
  teachingWeekday,
  weekdayOf,
  weekOfTerm,
} from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { SchoolWeek, TimetableSchool, WeekDay } from '#protocol/timetable.ts';
import { bellsOf } from '../bells/bells-of.ts';
import type { Db } from '../database/database.ts';
import type { TermCalendar } from '../term/term-of.ts';
import { termOf } from '../term/term-of.ts';
import { localLessonsOf } from './local-lessons.ts';
import { concerns, type WeekParts, weekLessons } from './week-lessons.ts';

/** The week of a school in which `day` lies; the caller has checked that `account` may see it. */
export async function schoolWeek(
  parts: WeekParts,
  account: Account,
  { organizationId, day: asked }: { organizationId: Id; day?: Day | undefined },
): Promise<SchoolWeek> {
  const { db, office, timeZone } = parts;
  const today = todayIn(timeZone);
  const monday = mondayOf(asked ?? today);
  const sunday = addDays(monday, 6);
  const school = await db
    .selectFrom('organization')
    .select('name')
    .where('id', '=', organizationId)
    .executeTakeFirst();
  if (!school) throw new AppError('NOT_FOUND', 'no such organization');
  const term = await termOfWeek(db, organizationId, monday);
  const from = new Date(instantOf(monday, 0, timeZone));
  const to = new Date(instantOf(addDays(sunday, 1), 0, timeZone));
  const lessons = await weekLessons(
    parts,
    account,
    organizationId,
    sql<boolean>`lesson.planned_start >= ${from} and lesson.planned_start < ${to} and ${concerns(organizationId)}`,
  );
  const bells = await bellsOf(db, organizationId, monday);
  const week = term ? weekOfTerm(term, monday) : null;
  const locals = term ? await localLessonsOf(db, { organizationId, termId: term.termId }) : [];
  return {
    ...{ organizationId, organizationName: school.name, monday, today, lessons },
    term: weekTermOf(term, monday),
    days: weekDaysOf(term, monday),
    periods: bells?.periods ?? [],
    locals: locals.filter(({ weeks }) => week === null || isInWeeks(weeks, week)),
    mayEdit: await office.may(account, 'timetable.edit', organizationId),
  };
}

export const todayIn = (timeZone: string): Day => dayAndMinuteOf(Date.now(), timeZone).day;

/** The term of most of a week: its Friday's, or else its Monday's. */
export const termOfWeek = async (db: Db, organizationId: Id, monday: Day): Promise<TermCalendar | null> =>
  (await termOf(db, organizationId, addDays(monday, 4))) ?? (await termOf(db, organizationId, monday));

export const weekTermOf = (term: TermCalendar | null, monday: Day): SchoolWeek['term'] =>
  term && {
    ...{ termId: term.termId, name: term.name, startsOn: term.startsOn, endsOn: term.endsOn },
    ...{ week: weekOfTerm(term, monday), weeks: term.weeks },
  };

export const weekDaysOf = (term: TermCalendar | null, monday: Day): WeekDay[] =>
  daysFromTo(monday, addDays(monday, 6)).map((day) => ({
    ...{ day, weekday: weekdayOf(day) },
    follows: term ? teachingWeekday(term, term.days, day) : null,
    name: term?.days.find((special) => special.day === day)?.name ?? null,
  }));

/** The schools and teaching points whose timetable `account` may see. */
export async function timetableSchools(
  { db, office }: WeekParts,
  account: Account,
): Promise<TimetableSchool[]> {
  return await db
    .selectFrom('organization')
    .leftJoin('organization as above', 'above.id', 'organization.parent_id')
    .select([
      ...(['organization.id as organizationId', 'organization.name'] as const),
      'above.name as parentName',
    ])
    .select(sql<'school' | 'teachingPoint'>`organization.kind`.as('kind'))
    .where('organization.kind', 'in', ['school', 'teachingPoint'])
    .where('organization.archived_at', 'is', null)
    .where(office.where(account, 'timetable.see', 'organization.id'))
    .orderBy('above.ordinal')
    .orderBy('above.name')
    .orderBy('organization.ordinal')
    .orderBy('organization.name')
    .execute();
}
