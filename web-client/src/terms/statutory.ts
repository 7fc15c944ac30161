import { addDays, type Day, isInTerm, type TermSpan, weekdayOf } from '#protocol/calendar.ts';
import type { Holiday, Workday } from '#protocol/term.ts';

export type NationalDay =
  | 'newYear'
  | 'spring'
  | 'qingming'
  | 'labour'
  | 'dragonBoat'
  | 'midAutumn'
  | 'nationalDay';

interface Year {
  /** Whether the State Council's notice for the year is what stands here; else only the days that the law names. */
  published: boolean;
  holidays: readonly [name: NationalDay, from: Day, to: Day][];
  /** Which day's lessons are made up is the schools' own choice: here the exchanged days in their order. */
  workdays: readonly [day: Day, madeUp: Day][];
}

/**
 * National holidays. 2026: notice of the General Office of the State Council of 4 November 2025. For 2027 the days
 * that the law names (春节: from New Year's Eve, four days), without what is exchanged.
 */
const YEARS: Readonly<Record<string, Year>> = {
  2026: {
    published: true,
    holidays: [
      ['newYear', '2026-01-01', '2026-01-03'],
      ['spring', '2026-02-15', '2026-02-23'],
      ['qingming', '2026-04-04', '2026-04-06'],
      ['labour', '2026-05-01', '2026-05-05'],
      ['dragonBoat', '2026-06-19', '2026-06-21'],
      ['midAutumn', '2026-09-25', '2026-09-27'],
      ['nationalDay', '2026-10-01', '2026-10-07'],
    ],
    workdays: [
      ['2026-01-04', '2026-01-02'],
      ['2026-02-14', '2026-02-20'],
      ['2026-02-28', '2026-02-23'],
      ['2026-05-09', '2026-05-05'],
      ['2026-09-20', '2026-10-06'],
      ['2026-10-10', '2026-10-07'],
    ],
  },
  2027: {
    published: false,
    holidays: [
      ['newYear', '2027-01-01', '2027-01-01'],
      ['spring', '2027-02-05', '2027-02-08'],
      ['qingming', '2027-04-05', '2027-04-05'],
      ['labour', '2027-05-01', '2027-05-02'],
      ['dragonBoat', '2027-06-09', '2027-06-09'],
      ['midAutumn', '2027-09-15', '2027-09-15'],
      ['nationalDay', '2027-10-01', '2027-10-03'],
    ],
    workdays: [],
  },
};

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
  const known = years.flatMap((year) => YEARS[year] ?? []);
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
    unsure: years.filter((year) => !YEARS[year]?.published),
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
