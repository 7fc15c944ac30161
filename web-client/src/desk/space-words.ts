import type { TFunction } from 'i18next';
import { MINUTE_MS } from '../ui/time.ts';

const STEP = 1_000;

/** 860 MB, 1.2 GB; counted as disks are sold. */
export function sizeWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < units.length - 1) {
    value /= STEP;
    unit += 1;
  }
  const digits = unit >= 3 && value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** How long the disk lasts: minutes while they count, whole hours beyond half a day. */
export function leftWords(t: TFunction, leftMs: number): string {
  const minutes = Math.floor(leftMs / MINUTE_MS);
  if (minutes < 60) return t('desk.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours >= 100) return t('desk.plenty');
  if (hours >= 12) return t('desk.hours', { count: hours });
  return t('desk.hoursMinutes', { hours, minutes: minutes % 60 });
}
