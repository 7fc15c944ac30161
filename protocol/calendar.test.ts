import { describe, expect, test } from '@jest/globals';
import {
  addDays,
  clockOf,
  Day,
  dayAndMinuteOf,
  daysBetween,
  daysFromTo,
  daysOfTerm,
  instantOf,
  isTimeZone,
  minuteOf,
  mondayOf,
  occurrences,
  type TermDay,
  teachingWeekday,
  weekdayOf,
  weekOfTerm,
  weeksMeet,
  weeksOfTerm,
} from './calendar.ts';

const AUTUMN = { startsOn: '2026-09-01', endsOn: '2027-01-22' };
const holiday = (day: string, name = '国庆节'): TermDay => ({
  day,
  kind: 'holiday',
  followsWeekday: null,
  name,
});

describe('days', () => {
  test('that do not exist are refused', () => {
    for (const day of [
      '2026-02-30',
      '2027-02-29',
      '2026-13-01',
      '2026-00-10',
      '26-01-01',
      '2026-1-1',
      '',
      '２０２６-01-01',
    ])
      expect([day, Day.safeParse(day).success]).toEqual([day, false]);
    for (const day of ['2028-02-29', '2026-12-31', '2000-02-29']) expect(Day.parse(day)).toBe(day);
  });

  test('go on over leap day and the end of the year', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2028-02-29', 1)).toBe('2028-03-01');
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(daysBetween('2028-02-01', '2028-03-01')).toBe(29);
    expect(daysBetween('2027-01-01', '2026-12-31')).toBe(-1);
    expect(daysFromTo('2026-12-30', '2027-01-02')).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
    expect(daysFromTo('2026-12-30', '2026-12-29')).toEqual([]);
  });

  test('have their weekday', () => {
    expect(weekdayOf('2026-11-22')).toBe(7);
    expect(weekdayOf('2026-11-23')).toBe(1);
    expect(weekdayOf('2028-02-29')).toBe(2);
    expect(mondayOf('2026-11-22')).toBe('2026-11-16');
    expect(mondayOf('2026-11-16')).toBe('2026-11-16');
  });
});

describe('a term', () => {
  test('counts its weeks from the Monday before it begins', () => {
    expect(weekdayOf(AUTUMN.startsOn)).toBe(2);
    expect(weekOfTerm(AUTUMN, '2026-09-06')).toBe(1);
    expect(weekOfTerm(AUTUMN, '2026-09-07')).toBe(2);
    expect(weekOfTerm(AUTUMN, '2026-08-31')).toBe(1);
    expect(weekOfTerm(AUTUMN, '2026-08-30')).toBe(0);
    expect(weekOfTerm(AUTUMN, '2027-01-01')).toBe(18);
    expect(weeksOfTerm(AUTUMN)).toBe(21);
    expect(daysOfTerm(AUTUMN)).toHaveLength(144);
  });

  const days = [
    holiday('2026-10-01'),
    holiday('2026-10-02'),
    { day: '2026-10-10', kind: 'workday', followsWeekday: 4, name: '补10月1日' },
    { day: '2026-10-11', kind: 'workday', followsWeekday: null, name: '校庆' },
  ] satisfies TermDay[];

  test('holds lessons on weekdays, on no holiday, and on make-up days those of another weekday', () => {
    expect(teachingWeekday(AUTUMN, days, '2026-09-30')).toBe(3);
    expect(teachingWeekday(AUTUMN, days, '2026-10-01')).toBeNull();
    expect(teachingWeekday(AUTUMN, days, '2026-10-03')).toBeNull();
    expect(teachingWeekday(AUTUMN, days, '2026-10-10')).toBe(4);
    expect(teachingWeekday(AUTUMN, days, '2026-10-11')).toBe(7);
    expect(teachingWeekday(AUTUMN, days, '2026-08-31')).toBeNull();
    expect(teachingWeekday(AUTUMN, days, '2027-01-23')).toBeNull();
  });

  test('tells on which days a weekly period falls', () => {
    const thursdays = occurrences(AUTUMN, days, { weekday: 4, weeks: 'all' });
    expect(thursdays).toHaveLength(21);
    expect(thursdays).not.toContain('2026-10-01');
    expect(thursdays).toContain('2026-10-10');
    const odd = occurrences(AUTUMN, days, { weekday: 4, weeks: 'odd' });
    const even = occurrences(AUTUMN, days, { weekday: 4, weeks: 'even' });
    expect([...odd, ...even].sort()).toEqual(thursdays);
    expect(odd.every((day) => weekOfTerm(AUTUMN, day) % 2 === 1)).toBe(true);
  });

  test('goes over a leap day and New Year', () => {
    const spring = { startsOn: '2027-12-27', endsOn: '2028-03-05' };
    expect(daysOfTerm(spring)).toContain('2028-02-29');
    expect(occurrences(spring, [], { weekday: 2, weeks: 'all' })).toContain('2028-02-29');
    expect(weekOfTerm(spring, '2028-01-01')).toBe(1);
    expect(weekOfTerm(spring, '2028-02-29')).toBe(10);
  });

  test('knows whether two weekly periods can meet', () => {
    expect(weeksMeet('odd', 'even')).toBe(false);
    expect(weeksMeet('odd', 'odd')).toBe(true);
    expect(weeksMeet('all', 'even')).toBe(true);
  });
});

describe('an instant', () => {
  test('is a minute of a day in a zone', () => {
    expect(instantOf('2026-11-22', 530, 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 22, 0, 50));
    expect(instantOf('2027-01-01', 0, 'Asia/Shanghai')).toBe(Date.UTC(2026, 11, 31, 16));
    expect(dayAndMinuteOf(Date.UTC(2026, 11, 31, 16), 'Asia/Shanghai')).toEqual({
      day: '2027-01-01',
      minute: 0,
    });
    expect(dayAndMinuteOf(Date.UTC(2028, 1, 28, 16, 0, 59, 999), 'Asia/Shanghai')).toEqual({
      day: '2028-02-29',
      minute: 0,
    });
    expect(instantOf('2026-11-22', 1440, 'Asia/Shanghai')).toBe(instantOf('2026-11-23', 0, 'Asia/Shanghai'));
  });

  test('stands where clocks are put forward and back', () => {
    const berlin = 'Europe/Berlin';
    // 2026-03-29 has no 02:30, 2026-10-25 has it twice.
    expect(dayAndMinuteOf(instantOf('2026-03-29', 150, berlin), berlin)).toEqual({
      day: '2026-03-29',
      minute: 210,
    });
    expect(instantOf('2026-10-25', 150, berlin)).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(instantOf('2026-03-29', 480, berlin)).toBe(Date.UTC(2026, 2, 29, 6));
    expect(instantOf('2026-10-25', 480, berlin)).toBe(Date.UTC(2026, 9, 25, 7));
  });

  test('comes back to the same minute in every zone, all year long', () => {
    for (const zone of [
      'Asia/Shanghai',
      'Asia/Urumqi',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'UTC',
    ])
      for (let day = '2028-01-01'; day < '2029-01-01'; day = addDays(day, 3))
        expect([zone, dayAndMinuteOf(instantOf(day, 545, zone), zone)]).toEqual([zone, { day, minute: 545 }]);
  });

  test('needs a zone that exists', () => {
    expect(isTimeZone('Asia/Shanghai')).toBe(true);
    expect(isTimeZone('Asia/Atlantis')).toBe(false);
  });
});

test('a clock is read as people write it', () => {
  expect(clockOf(530)).toBe('08:50');
  expect(['08:50', '8:50', ' 08：50 ', '24:00', '24:01', '8:60', '0850', ''].map(minuteOf)).toEqual([
    530,
    530,
    530,
    1440,
    null,
    null,
    null,
    null,
  ]);
});
