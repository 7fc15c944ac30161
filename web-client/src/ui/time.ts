import type { Language } from '../i18n/index.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** 08:50 */
export const clockTime = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** 11月22日 星期日 / Sunday, November 22 */
export function longDate(at: number, language: Language): string {
  const date = new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric' }).format(at);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long' }).format(at);
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

/** The local midnight that begins the day of `at`, moved by `days`. */
export function midnight(at: number, days = 0): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}
