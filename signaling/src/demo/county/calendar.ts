import type { Draft } from './draft.ts';
import type { School } from './school.ts';

export interface Period {
  period: number;
  startsMinute: number;
  endsMinute: number;
}

export const TERM = { name: '2026—2027学年第一学期', startsOn: '2026-09-01', endsOn: '2027-01-22' };

/* Autumn 2026 as the State Council published it; New Year 2027 as it is usual. */
const HOLIDAYS: readonly [name: string, ...days: string[]][] = [
  ['中秋节', '2026-09-25', '2026-09-26', '2026-09-27'],
  ['国庆节', ...[1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`)],
  ['元旦', '2027-01-01', '2027-01-02', '2027-01-03'],
];
/** Days at the weekend on which the lessons of a weekday are held. */
const WORKDAYS: readonly [day: string, followsWeekday: number, name: string][] = [
  ['2026-09-20', 2, '国庆节调休'],
  ['2026-10-10', 3, '国庆节调休'],
];

export function makeTerm(draft: Draft, organizationId: string): string {
  const id = draft.id();
  const { name, startsOn, endsOn } = TERM;
  draft.rows.term.push({ id, organization_id: organizationId, name, starts_on: startsOn, ends_on: endsOn });
  for (const [holiday, ...days] of HOLIDAYS)
    for (const day of days)
      draft.rows.term_day.push({ term_id: id, day, kind: 'holiday', follows_weekday: null, name: holiday });
  for (const [day, follows_weekday, workday] of WORKDAYS)
    draft.rows.term_day.push({ term_id: id, day, kind: 'workday', follows_weekday, name: workday });
  return id;
}

/** A school's day; no two neighbours begin, pause and eat at the same time. */
export function makeBells(draft: Draft, school: School, nth: number): Period[] {
  const long = school.sort === 'middle' ? 45 : 40;
  const count = school.sort === 'middle' ? 8 : school.sort === 'town' ? 7 : 6;
  const pause = 25 + (nth % 2) * 5;
  const id = draft.id();
  draft.rows.bell_schedule.push({
    ...{ id, organization_id: school.id, name: '秋季作息时间', starts_on: TERM.startsOn },
  });
  const periods: Period[] = [];
  let at = 8 * 60 + (nth % 6) * 5;
  for (let period = 1; period <= count; period += 1) {
    if (period === 5) at = Math.max(at, 14 * 60 + (nth % 4) * 10);
    periods.push({ period, startsMinute: at, endsMinute: at + long });
    at += long + (period === 2 ? pause : 10);
  }
  for (const { period, startsMinute, endsMinute } of periods)
    draft.rows.bell_period.push({
      ...{ schedule_id: id, period, starts_minute: startsMinute, ends_minute: endsMinute },
    });
  return periods;
}
