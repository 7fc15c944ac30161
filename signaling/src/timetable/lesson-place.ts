import { mainPeriodOf } from '#protocol/bells.ts';
import { dayAndMinuteOf, instantOf } from '#protocol/calendar.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { Place } from '#protocol/timetable.ts';
import type { Db } from '../database/database.ts';
import { termOf } from '../term/term-of.ts';
import { BellBook } from './bell-book.ts';
import { minutesOf } from './clash-drafts.ts';

/** Where a lesson goes: its time, the term it falls into, and each school's period there. */
export interface Target {
  start: number;
  end: number;
  period: number | null;
  termId: Id | null;
  periodOf(organizationId: Id): number | null;
}

export interface TargetParts {
  db: Db;
  timeZone: string;
  now?: () => number;
}

/**
 * @param schools whose rooms sit in it.
 * @param lesson the one that is moved: it must not have begun.
 * @throws AppError FIELDS for a holiday, a time that is over, or a period that the school does not have.
 */
export async function targetOf(
  { db, timeZone, now = Date.now }: TargetParts,
  organizationId: Id,
  schools: readonly Id[],
  place: Place,
  lesson?: { planned_start: Date; planned_end: Date },
): Promise<Target> {
  const bells = await BellBook.load(db, [organizationId, ...schools]);
  const { day } = place;
  const minutes = minutesOf(place, bells, organizationId);
  if (!minutes)
    throw refused({ path: place.period === null ? 'place.endsMinute' : 'place.period', issue: 'unknown' });
  const term = await termOf(db, organizationId, day);
  const special = term?.days.find((each) => each.day === day);
  if (special?.kind === 'holiday')
    throw refused({ path: 'place.day', issue: 'conflict', values: { by: special.name } });
  const start = instantOf(day, minutes.startsMinute, timeZone);
  const end = start + (minutes.endsMinute - minutes.startsMinute) * 60_000;
  if (start <= now() || (lesson && lesson.planned_start.getTime() <= now()))
    throw refused({
      path: 'place.day',
      issue: 'order',
      values: { day: dayAndMinuteOf(now(), timeZone).day },
    });
  return {
    ...{ start, end, termId: term?.termId ?? null },
    period: exactPeriod(place, minutes, bells.on(organizationId, day)),
    periodOf: (school) => mainPeriodOf(minutes, bells.on(school, day)),
  };
}

const refused = (field: FieldError): AppError =>
  new AppError('FIELDS', `${field.path}: ${field.issue}`, { fields: [field] });

/** The period that was asked for; of a time of its own the one that it fills, or else none. */
const exactPeriod = (
  { period }: Place,
  { startsMinute, endsMinute }: { startsMinute: number; endsMinute: number },
  bells: readonly { period: number; startsMinute: number; endsMinute: number }[],
): number | null =>
  bells.find((bell) => bell.startsMinute === startsMinute && bell.endsMinute === endsMinute)?.period ??
  period;
