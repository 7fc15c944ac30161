import { expect, test } from '@jest/globals';
import { weekdayOf } from '#protocol/calendar.ts';
import { type DayWords, statutoryDays, usualTerm } from './statutory.ts';

const WORDS: DayWords = { holiday: (name) => name, madeUp: (day) => day };

test('national holidays are cut to the term, and a year that is not published is said', () => {
  const { holidays, workdays, unsure } = statutoryDays(
    { startsOn: '2026-09-26', endsOn: '2027-01-22' },
    WORDS,
  );
  expect(holidays).toEqual([
    { name: 'midAutumn', from: '2026-09-26', to: '2026-09-27' },
    { name: 'nationalDay', from: '2026-10-01', to: '2026-10-07' },
    { name: 'newYear', from: '2027-01-01', to: '2027-01-01' },
  ]);
  expect(workdays).toEqual([{ name: '2026-10-07', day: '2026-10-10', followsWeekday: 3 }]);
  expect(unsure).toEqual(['2027']);
  expect(statutoryDays({ startsOn: '2031-03-01', endsOn: '2031-07-01' }, WORDS)).toEqual({
    ...{ holidays: [], workdays: [], unsure: ['2031'] },
  });
});

test('the usual term begins on a school day', () => {
  expect(usualTerm('2026-11-22')).toMatchObject({ startsOn: '2027-03-01', half: 2, year: 2026 });
  expect(usualTerm('2026-08-01')).toMatchObject({ startsOn: '2026-09-01', half: 1, year: 2026 });
  for (const day of ['2027-08-01', '2028-01-31', '2029-02-28', '2030-12-31'])
    expect(weekdayOf(usualTerm(day).startsOn)).toBeLessThan(6);
});
