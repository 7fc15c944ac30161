import { addDays, type Day, daysFromTo, isInTerm, type TermSpan, weekdayOf } from '#protocol/calendar.ts';
import { NATIONAL_DAYS, type NationalDay } from '#protocol/national-days.ts';
import type { Draft } from './draft.ts';
import type { School } from './school.ts';

export interface Period {
  period: number;
  startsMinute: number;
  endsMinute: number;
}

/** A term as this county has it. */
export interface CountyTerm extends TermSpan {
  name: string;
  /** In which the school year begins. */
  year: number;
  /** What the textbooks of its half of the year are called. */
  volume: '上册' | '下册';
  bells: string;
}

/** The term of a day; in the holidays the one that comes: autumn from August to January, spring to July. */
export function countyTermOf(day: Day): CountyTerm {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (month === 1 || month >= 8) {
    const autumn = month === 1 ? year - 1 : year;
    return {
      ...{ year: autumn, name: `${autumn}—${autumn + 1}学年第一学期`, volume: '上册', bells: '秋季作息时间' },
      ...{ startsOn: `${autumn}-09-01`, endsOn: `${autumn + 1}-01-22` },
    };
  }
  return {
    ...{ year: year - 1, name: `${year - 1}—${year}学年第二学期`, volume: '下册', bells: '春季作息时间' },
    ...{ startsOn: onWeekday(`${year}-03-01`), endsOn: `${year}-07-05` },
  };
}

/** The day itself, or the Monday after a weekend's. */
const onWeekday = (day: Day): Day => (weekdayOf(day) > 5 ? addDays(day, 8 - weekdayOf(day)) : day);

const NAMES: Record<NationalDay, string> = {
  ...{ newYear: '元旦', spring: '春节', qingming: '清明节', labour: '劳动节', dragonBoat: '端午节' },
  ...{ midAutumn: '中秋节', nationalDay: '国庆节' },
};

/** With the national holidays and make-up days of its years, as far as they are known. */
export function makeTerm(draft: Draft, organizationId: string, term: CountyTerm): string {
  const id = draft.id();
  const { name, startsOn, endsOn } = term;
  draft.rows.term.push({ id, organization_id: organizationId, name, starts_on: startsOn, ends_on: endsOn });
  const years = [...new Set([startsOn.slice(0, 4), endsOn.slice(0, 4)])];
  for (const { holidays, workdays } of years.flatMap((year) => NATIONAL_DAYS[year] ?? [])) {
    for (const [holiday, from, to] of holidays)
      for (const day of daysFromTo(from, to).filter((one) => isInTerm(term, one)))
        draft.rows.term_day.push({
          ...{ term_id: id, day, kind: 'holiday', follows_weekday: null, name: NAMES[holiday] },
        });
    for (const [day, madeUp] of workdays.filter(([one]) => isInTerm(term, one))) {
      const of = holidays.find(([, from, to]) => from <= madeUp && madeUp <= to);
      draft.rows.term_day.push({
        ...{ term_id: id, day, kind: 'workday', follows_weekday: weekdayOf(madeUp) },
        name: `${of ? NAMES[of[0]] : ''}调休`,
      });
    }
  }
  return id;
}

/** A school's day; no two neighbours begin, pause and eat at the same time. */
export function makeBells(draft: Draft, school: School, term: CountyTerm, nth: number): Period[] {
  const long = school.sort === 'middle' ? 45 : 40;
  const count = school.sort === 'middle' ? 8 : school.sort === 'town' ? 7 : 6;
  const pause = 25 + (nth % 2) * 5;
  const id = draft.id();
  draft.rows.bell_schedule.push({
    ...{ id, organization_id: school.id, name: term.bells, starts_on: term.startsOn },
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
