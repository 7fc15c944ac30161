import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { AttendanceQuery } from '#protocol/attendance-report.ts';
import { addDays, Day, mondayOf } from '#protocol/calendar.ts';
import { LessonMode } from '#protocol/domain.ts';
import type { Term } from '#protocol/term.ts';
import { platformNow } from '../api/clock.ts';
import { termsQuery } from './attendance-api.ts';

const two = (count: number): string => String(count).padStart(2, '0');

export function today(): string {
  const now = new Date(platformNow());
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export const weekOf = (day: string) => ({ from: mondayOf(day), to: addDays(mondayOf(day), 6) });
export function monthOf(day: string): { from: string; to: string } {
  const first = `${day.slice(0, 8)}01`;
  const next = addDays(first, 31);
  return { from: first, to: addDays(`${next.slice(0, 8)}01`, -1) };
}

/**
 * What the page looks at, kept in its address: at first the term that holds today, or this month. Null until the
 * terms are known.
 */
export function useRange(): {
  query: AttendanceQuery | null;
  terms: readonly Term[];
  change: (change: Partial<AttendanceQuery>) => void;
} {
  const [params, setParams] = useSearchParams();
  const asked = useQuery(termsQuery);
  const terms = asked.data ?? [];
  const day = today();
  const current = terms.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn);
  const usual = current ? { from: current.startsOn, to: current.endsOn } : monthOf(day);
  const dayIn = (key: 'from' | 'to') => Day.safeParse(params.get(key)).data ?? usual[key];
  const change = (wanted: Partial<AttendanceQuery>) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [key, value] of Object.entries(wanted))
          if (value) after.set(key, value);
          else after.delete(key);
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  const query: AttendanceQuery = {
    from: dayIn('from'),
    to: dayIn('to'),
    subject: params.get('subject') ?? undefined,
    mode: LessonMode.safeParse(params.get('mode')).data,
  };
  return { query: asked.isPending ? null : query, terms, change };
}
