import { addDays, type Day, isInTerm, type TermSpan, weekdayOf } from '#protocol/calendar.ts';
import { NATIONAL_DAYS, type NationalDay } from '#protocol/national-days.ts';
import type { Holiday, Workday } from '#protocol/term.ts';

export interface Suggestion {
  holidays: Holiday[];
  workdays: Workday[];
  /** Years of the term whose arrangement has to be checked, or is not known at all. */
  unsure: string[];
}

export interface DayWords {
  holiday: (name: NationalDay) => string;
  /** What a make-up day is called, of the day that is made up. */
  madeUp: (day: Day) => string;
}

/** The national holidays within a term, cut to it. */
export function statutoryDays(term: TermSpan, words: DayWords): Suggestion {
  const years = [...new Set([term.startsOn.slice(0, 4), term.endsOn.slice(0, 4)])];
  const known = years.flatMap((year) => NATIONAL_DAYS[year] ?? []);
  return {
    holidays: known.flatMap(({ holidays }) =>
      holidays.flatMap(([name, first, last]) => {
        const from = [first, term.startsOn].sort()[1]!;
        const to = [last, term.endsOn].sort()[0]!;
        return from <= to ? [{ name: words.holiday(name), from, to }] : [];
      }),
    ),
    workdays: known.flatMap(({ workdays }) =>
      workdays.flatMap(([day, madeUp]) =>
        isInTerm(term, day) ? [{ name: words.madeUp(madeUp), day, followsWeekday: weekdayOf(madeUp) }] : [],
      ),
    ),
    unsure: years.filter((year) => !NATIONAL_DAYS[year]?.published),
  };
}

export interface UsualTerm extends TermSpan {
  /** In which the school year begins. */
  year: number;
  half: 1 | 2;
}

/** The term that begins next, as schools in China usually have it; a beginning for the form. */
export function usualTerm(today: Day): UsualTerm {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  if (month >= 5 && month <= 10) {
    const startsOn = onWeekday(`${year}-09-01`);
    return { year, half: 1, startsOn, endsOn: addDays(startsOn, 142) };
  }
  const spring = month > 10 ? year + 1 : year;
  const startsOn = onWeekday(`${spring}-03-01`);
  return { year: spring - 1, half: 2, startsOn, endsOn: addDays(startsOn, 123) };
}

/** The day itself or the Monday after, where it is a weekend. */
const onWeekday = (day: Day): Day => (weekdayOf(day) > 5 ? addDays(day, 8 - weekdayOf(day)) : day);
