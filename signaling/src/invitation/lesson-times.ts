import { type Day, instantOf } from '#protocol/calendar.ts';
import { AppError } from '#protocol/errors.ts';

interface When {
  day: Day;
  startsMinute: number;
  endsMinute: number;
}

/**
 * The instants of a lesson that is planned by hand. @throws AppError FIELDS when it ends before it begins, or is over
 * already: whoever types last year's date means another one.
 */
export function timesOf({ day, startsMinute, endsMinute }: When, timeZone: string, now: number) {
  if (endsMinute <= startsMinute)
    throw new AppError('FIELDS', 'it ends before it begins', {
      fields: [{ path: 'endsMinute', issue: 'order' }],
    });
  const start = instantOf(day, startsMinute, timeZone);
  const end = instantOf(day, endsMinute, timeZone);
  if (end <= now)
    throw new AppError('FIELDS', 'that time is over', { fields: [{ path: 'day', issue: 'range' }] });
  return { start: new Date(start), end: new Date(end) };
}
