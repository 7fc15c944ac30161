import type { TFunction } from 'i18next';
import { type Day, weekdayOf } from '#protocol/calendar.ts';
import type { Language } from '../i18n/index.ts';

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const KEYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** 周三 */
export const weekdayWord = (weekday: number, t: TFunction): string =>
  t(`terms.weekday.${KEYS[weekday - 1]!}`);

/** 10月1日 周四 / Thu, Oct 1 */
export function dayWord(day: Day, language: Language): string {
  return formatOf(language, { month: 'long', day: 'numeric', weekday: 'short' }).format(utc(day));
}

/** 2026年10月1日 */
export const fullDay = (day: Day, language: Language): string =>
  formatOf(language, { year: 'numeric', month: 'long', day: 'numeric' }).format(utc(day));

/** 10月 */
export const monthWord = (day: Day, language: Language): string =>
  formatOf(language, { month: 'short' }).format(utc(day));

export const isWeekend = (day: Day): boolean => weekdayOf(day) > 5;

const utc = (day: Day): Date => new Date(`${day}T00:00:00Z`);
// A day is no instant: it is the same everywhere.
const formatOf = (language: Language, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
