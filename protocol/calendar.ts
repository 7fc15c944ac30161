import { z } from 'zod';

/*
 * The school's calendar: days as 'YYYY-MM-DD', minutes of the day from the school's midnight, weekdays from Monday = 1.
 * All of it is arithmetic on days; only `instantOf` and `dayAndMinuteOf` know of time zones.
 */

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
export const MINUTES_A_DAY = 1440;

/** A day of the calendar, 'YYYY-MM-DD'; 2026-02-30 is none. Days sort as text. */
export const Day = z
  .string()
  .regex(/^[12]\d{3}-\d{2}-\d{2}$/)
  .refine((text) => dayOf(utcOf(text)) === text, 'no such day');
export type Day = z.infer<typeof Day>;

/** Minutes from the school's midnight; a lesson may end at midnight. */
export const MinuteOfDay = z.number().int().min(0).max(MINUTES_A_DAY);
/** Monday is 1, Sunday 7. */
export const Weekday = z.number().int().min(1).max(7);
export type Weekday = z.infer<typeof Weekday>;
/** In which weeks of a term, counted from its first; 单周 and 双周. */
export const Weeks = z.enum(['all', 'odd', 'even']);
export type Weeks = z.infer<typeof Weeks>;

const utcOf = (day: string): number => Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10));
const dayOf = (utc: number): string => (Number.isNaN(utc) ? '' : new Date(utc).toISOString().slice(0, 10));

export const addDays = (day: Day, count: number): Day => dayOf(utcOf(day) + count * DAY_MS);
/** How many days `to` is after `from`; negative when before. */
export const daysBetween = (from: Day, to: Day): number => (utcOf(to) - utcOf(from)) / DAY_MS;
export const weekdayOf = (day: Day): Weekday => new Date(utcOf(day)).getUTCDay() || 7;
/** The Monday of the week in which `day` lies. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));
/** From `from` to `to`, both included. */
export const daysFromTo = (from: Day, to: Day): Day[] =>
  Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => addDays(from, index));

/** A term's first and last day, both included. */
export interface TermSpan {
  startsOn: Day;
  endsOn: Day;
}

/** A day of a term that is not as its weekday says. */
export const TermDay = z.object({
  day: Day,
  /** `workday` (调休): lessons are held, those of `followsWeekday`. */
  kind: z.enum(['holiday', 'workday']),
  /** Null on a holiday; on a `workday` null means its own weekday. */
  followsWeekday: Weekday.nullable(),
  name: z.string(),
});
export type TermDay = z.infer<typeof TermDay>;

/** Week 1 is the one in which the term begins, on whatever day; weeks begin on Monday. Before the term: 0 and less. */
export const weekOfTerm = ({ startsOn }: Pick<TermSpan, 'startsOn'>, day: Day): number =>
  Math.floor(daysBetween(mondayOf(startsOn), day) / 7) + 1;
export const weeksOfTerm = (term: TermSpan): number => weekOfTerm(term, term.endsOn);
export const daysOfTerm = (term: TermSpan): Day[] => daysFromTo(term.startsOn, term.endsOn);
export const isInTerm = ({ startsOn, endsOn }: TermSpan, day: Day): boolean =>
  startsOn <= day && day <= endsOn;

/**
 * The weekday whose lessons are held on `day`, or null when there are none: outside the term, on a holiday, and on
 * Saturdays and Sundays unless the term says that one is a workday.
 */
export function teachingWeekday(term: TermSpan, termDays: readonly TermDay[], day: Day): Weekday | null {
  return heldOn(
    term,
    termDays.find((special) => special.day === day),
    day,
  );
}

function heldOn(term: TermSpan, special: TermDay | undefined, day: Day): Weekday | null {
  if (!isInTerm(term, day) || special?.kind === 'holiday') return null;
  const weekday = weekdayOf(day);
  if (special) return special.followsWeekday ?? weekday;
  return weekday <= 5 ? weekday : null;
}

/**
 * The days of a term on which a weekly period is held, in order. A make-up day counts to the week in which it lies
 * itself, also for odd and even weeks.
 */
export function occurrences(
  term: TermSpan,
  termDays: readonly TermDay[],
  slot: { weekday: Weekday; weeks: Weeks },
): Day[] {
  const special = new Map(termDays.map((each) => [each.day, each]));
  return daysOfTerm(term).filter(
    (day) =>
      heldOn(term, special.get(day), day) === slot.weekday && isInWeeks(slot.weeks, weekOfTerm(term, day)),
  );
}

export const isInWeeks = (weeks: Weeks, week: number): boolean =>
  weeks === 'all' || (weeks === 'odd') === (week % 2 !== 0);
/** Whether two weekly periods can fall into one week. */
export const weeksMeet = (one: Weeks, other: Weeks): boolean =>
  one === 'all' || other === 'all' || one === other;

/**
 * Wall milliseconds of a minute of a day in a time zone ('Asia/Shanghai'). Where clocks are put forward over it, the
 * same time after the gap; where they are put back, the first of the two.
 */
export function instantOf(day: Day, minute: number, timeZone: string): number {
  const local = utcOf(day) + minute * MINUTE_MS;
  const before = local - offsetAt(local - DAY_MS, timeZone);
  if (localOf(before, timeZone) === local) return before;
  const after = local - offsetAt(local + DAY_MS, timeZone);
  return localOf(after, timeZone) === local ? after : before;
}

/** The day, and the minute of it, that clocks in `timeZone` show at an instant. */
export function dayAndMinuteOf(instant: number, timeZone: string): { day: Day; minute: number } {
  const local = localOf(instant, timeZone);
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  return { day: dayOf(midnight), minute: Math.floor((local - midnight) / MINUTE_MS) };
}

const offsetAt = (instant: number, timeZone: string): number => localOf(instant, timeZone) - instant;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in `timeZone` show, as if it were UTC. */
function localOf(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    const two = '2-digit' as const;
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: two, day: two },
      ...{ hour: two, minute: two, second: two },
    });
    formats.set(timeZone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
  const seconds = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  // Zones differ by whole minutes; what is below a second passes through.
  return seconds + (((instant % 1000) + 1000) % 1000);
}

export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** 530 → '08:50'. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** '8:50', '08:50' or '08：50' → 530; null when it is no time. */
export function minuteOf(clock: string): number | null {
  const found = /^\s*(\d{1,2})\s*[:：]\s*(\d{2})\s*$/.exec(clock);
  if (!found) return null;
  const minute = Number(found[1]) * 60 + Number(found[2]);
  return Number(found[2]) < 60 && minute <= MINUTES_A_DAY ? minute : null;
}
