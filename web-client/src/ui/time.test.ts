import { expect, test } from '@jest/globals';
import { clockTime, duration, longDate, midnight } from './time.ts';
import { learnTimeZone } from './time-zone.ts';

test('durations grow an hour only when there is one', () => {
  expect([0, 999, 61_000, 751_000, 3_751_000].map(duration)).toEqual([
    '0:00',
    '0:00',
    '1:01',
    '12:31',
    '1:02:31',
  ]);
});

test('times and dates read as each language writes them', () => {
  const at = new Date(2026, 10, 22, 8, 50).getTime();
  expect(clockTime(at, 'zh-CN')).toBe('08:50');
  expect(longDate(at, 'zh-CN')).toBe('11\u670822\u65e5 \u661f\u671f\u65e5');
  expect(longDate(at, 'en-US')).toBe('Sunday, November 22');
});

test('a day runs from midnight to midnight', () => {
  const noon = new Date(2026, 10, 22, 12).getTime();
  expect(midnight(noon)).toBe(new Date(2026, 10, 22).getTime());
  expect(midnight(noon, 1)).toBe(new Date(2026, 10, 23).getTime());
});

test("times and days are the school's, wherever the machine thinks it is", () => {
  learnTimeZone('Asia/Urumqi');
  const at = Date.UTC(2026, 10, 22, 18, 30);
  expect(clockTime(at, 'zh-CN')).toBe('00:30');
  expect(longDate(at, 'en-US')).toBe('Monday, November 23');
  expect(midnight(at)).toBe(Date.UTC(2026, 10, 22, 18));
});
