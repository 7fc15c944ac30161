import { addDays, dayAndMinuteOf, instantOf } from '#protocol/calendar.ts';
import type { Language } from '../i18n/index.ts';
import { schoolTimeZone } from './time-zone.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** 08:50, by the school's clock. */
export const clockTime = (at: number, language: Language): string =>
  formatOf(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** 11月22日 星期日 / Sunday, November 22 */
export function longDate(at: number, language: Language): string {
  const date = formatOf(language, { month: 'long', day: 'numeric' }).format(at);
  const weekday = formatOf(language, { weekday: 'long' }).format(at);
  return language === 'zh-CN' ? `${date} ${weekday}` : `${weekday}, ${date}`;
}

/** 12:31, or 1:02:31 from an hour on. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** The school's midnight that begins the day of `at`, moved by `days`. */
export function midnight(at: number, days = 0): number {
  const timeZone = schoolTimeZone();
  return instantOf(addDays(dayAndMinuteOf(at, timeZone).day, days), 0, timeZone);
}

const formatOf = (language: Language, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language, { ...options, timeZone: schoolTimeZone() });
