import type { BellPeriod } from '#protocol/bells.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';

/** @throws AppError FIELDS unless periods follow each other: each number once, later ones later, none over another. */
export function checkPeriods(periods: readonly BellPeriod[]): void {
  const fields: FieldError[] = [];
  for (const [index, { period, startsMinute, endsMinute }] of periods.entries()) {
    const path = `periods.${index}`;
    if (endsMinute <= startsMinute) fields.push({ path: `${path}.endsMinute`, issue: 'order' });
    const before = periods.slice(0, index);
    if (before.some((other) => other.period === period))
      fields.push({ path: `${path}.period`, issue: 'taken' });
    else {
      const over = before.find((other) =>
        // A later number that begins before an earlier one has ended, or the other way round.
        other.period < period ? startsMinute < other.endsMinute : other.startsMinute < endsMinute,
      );
      if (over)
        fields.push({
          path: `${path}.startsMinute`,
          issue: 'conflict',
          values: { by: `第${over.period}节` },
        });
    }
  }
  if (fields.length > 0) throw new AppError('FIELDS', 'the periods of the day', { fields });
}
