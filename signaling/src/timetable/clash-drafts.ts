import { type Day, dayAndMinuteOf, instantOf, occurrences } from '#protocol/calendar.ts';
import type { ClashDraft } from '#protocol/clashes.ts';
import type { Id } from '#protocol/ids.ts';
import type { Place } from '#protocol/timetable.ts';
import type { Db } from '../database/database.ts';
import { organizationsAbove } from '../pairing/check-draft.ts';
import { termCalendar } from '../term/term-of.ts';
import { BellBook } from './bell-book.ts';

/** A time at which a draft wants its parties; `at` is its place or slot. */
export interface DraftTime {
  at: number;
  /** The lesson that stands there itself: it is in nobody's way. */
  lessonId: Id | null;
  subject: string | null;
  day: Day;
  startsMinute: number;
  endsMinute: number;
  start: Date;
  end: Date;
}

/** All times that a draft asks for; places that the school's bells do not have are left out. */
export async function timesOf(
  db: Db,
  draft: ClashDraft,
  timeZone: string,
  now: number,
): Promise<DraftTime[]> {
  const bells = await BellBook.load(db, [draft.organizationId]);
  if (draft.kind === 'lesson')
    return draft.places.flatMap((place, at) => {
      const minutes = minutesOf(place, bells, draft.organizationId);
      const { lessonId, subject } = draft;
      return minutes ? [timeOf({ at, lessonId, subject, day: place.day }, minutes, timeZone)] : [];
    });
  const term = await termCalendar(db, draft.termId);
  // Of another county's term nothing is told, not even when it is.
  if (!term || !(await organizationsAbove(db, draft.organizationId)).includes(term.organizationId)) return [];
  const { day: today } = dayAndMinuteOf(now, timeZone);
  return draft.slots.flatMap((slot, at) =>
    occurrences(term, term.days, slot)
      // What is over clashes with nothing any more.
      .filter((day) => day >= today)
      .flatMap((day) => {
        const bell = bells.find(draft.organizationId, day, slot.period);
        return bell ? [timeOf({ at, lessonId: null, subject: slot.subject, day }, bell, timeZone)] : [];
      }),
  );
}

interface Minutes {
  startsMinute: number;
  endsMinute: number;
}

/** Of a place its own minutes, or those of its period; null: there is no such time. */
export function minutesOf(place: Place, bells: BellBook, organizationId: Id): Minutes | null {
  const { day, period, startsMinute, endsMinute } = place;
  if (startsMinute !== null && endsMinute !== null)
    return startsMinute < endsMinute ? { startsMinute, endsMinute } : null;
  return period === null ? null : bells.find(organizationId, day, period);
}

function timeOf(
  of: Pick<DraftTime, 'at' | 'lessonId' | 'subject' | 'day'>,
  { startsMinute, endsMinute }: Minutes,
  timeZone: string,
): DraftTime {
  const start = instantOf(of.day, startsMinute, timeZone);
  // Clocks are put forward or back at night, when nobody has lessons.
  const end = start + (endsMinute - startsMinute) * 60_000;
  return { ...of, startsMinute, endsMinute, start: new Date(start), end: new Date(end) };
}
