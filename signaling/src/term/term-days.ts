import { addDays, daysBetween, daysFromTo, isInTerm, type TermDay } from '#protocol/calendar.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';
import { type Holiday, MAX_TERM_DAYS, type Term, type TermDraft } from '#protocol/term.ts';

type Dated = Pick<TermDraft, 'startsOn' | 'endsOn' | 'holidays' | 'workdays'>;

/**
 * The days of a term that are not as their weekday says, from what a form says in ranges.
 * @throws AppError FIELDS naming each range that is the wrong way round, outside the term or over another one.
 */
export function specialDays({ holidays, workdays, ...term }: Dated): TermDay[] {
  const fields = spanErrors(term);
  const days = new Map<string, TermDay>();
  const put = (day: TermDay): string | null => {
    const other = days.get(day.day);
    if (!other) days.set(day.day, day);
    return other ? other.name : null;
  };
  for (const [index, { name, from, to }] of holidays.entries()) {
    const path = `holidays.${index}`;
    if (to < from) fields.push({ path: `${path}.to`, issue: 'order' });
    else if (!isInTerm(term, from)) fields.push({ path: `${path}.from`, issue: 'range' });
    else if (!isInTerm(term, to)) fields.push({ path: `${path}.to`, issue: 'range' });
    else {
      const over = daysFromTo(from, to).map((day) =>
        put({ day, kind: 'holiday', followsWeekday: null, name }),
      );
      const by = over.find((other) => other !== null);
      if (by !== undefined)
        fields.push({ path: `${path}.from`, issue: 'conflict', values: { by: by ?? '' } });
    }
  }
  for (const [index, { name, day, followsWeekday }] of workdays.entries()) {
    const path = `workdays.${index}.day`;
    if (!isInTerm(term, day)) fields.push({ path, issue: 'range' });
    else {
      const by = put({ day, kind: 'workday', followsWeekday, name });
      if (by !== null) fields.push({ path, issue: 'conflict', values: { by } });
    }
  }
  if (fields.length > 0) throw new AppError('FIELDS', 'the days of the term', { fields });
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

function spanErrors({ startsOn, endsOn }: Pick<Dated, 'startsOn' | 'endsOn'>): FieldError[] {
  if (endsOn <= startsOn) return [{ path: 'endsOn', issue: 'order' }];
  if (daysBetween(startsOn, endsOn) > MAX_TERM_DAYS)
    return [{ path: 'endsOn', issue: 'range', values: { max: MAX_TERM_DAYS } }];
  return [];
}

/** The ranges again: days in a row that have one name are one holiday. @param days in order. */
export function rangesOf(days: readonly TermDay[]): Pick<Term, 'holidays' | 'workdays'> {
  const holidays: Holiday[] = [];
  for (const { day, kind, name } of days) {
    if (kind !== 'holiday') continue;
    const last = holidays.at(-1);
    if (last && last.name === name && addDays(last.to, 1) === day) last.to = day;
    else holidays.push({ name, from: day, to: day });
  }
  const workdays = days.flatMap(({ day, kind, name, followsWeekday }) =>
    kind === 'workday' && followsWeekday !== null ? [{ name, day, followsWeekday }] : [],
  );
  return { holidays, workdays };
}
