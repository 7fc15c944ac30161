import type { Day } from './calendar.ts';

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
export const NATIONAL_DAYS: Readonly<Record<string, Year>> = {
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
