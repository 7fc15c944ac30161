import { z } from 'zod';
import { Day, MinuteOfDay } from './calendar.ts';
import { Lesson } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { WeekDay, WeekTerm } from './timetable.ts';

/*
 * Everybody's own view of the timetable, on a page and in a calendar.
 *
 *   GET  /api/timetable/own?view=&id=&day=       OwnWeek              (my week, my room, my class)
 *   GET  /api/calendar-feeds?accountId=          CalendarFeed[]
 *   POST /api/calendar-feeds                     { accountId } → NewCalendarFeed (its address is shown once)
 *   DELETE /api/calendar-feeds/:id               → {}
 *   GET  /calendar/<token>.ics                   RFC 5545, by the secret address alone
 */

export const OwnView = z.enum(['me', 'classroom', 'classGroup']);
export type OwnView = z.infer<typeof OwnView>;
export const OwnQuery = z.object({ view: OwnView.default('me'), id: Id.optional(), day: Day.optional() });

/** A school's own lesson on a day of one's week. */
export const OwnLocal = z.object({
  day: Day,
  period: z.number().int(),
  startsMinute: MinuteOfDay,
  endsMinute: MinuteOfDay,
  subject: z.string(),
  classGroupName: z.string(),
  teacherName: z.string().nullable(),
  classroomName: z.string().nullable(),
});
export type OwnLocal = z.infer<typeof OwnLocal>;

export const OwnWeek = z.object({
  view: OwnView,
  id: Id,
  name: z.string(),
  monday: Day,
  today: Day,
  term: WeekTerm.nullable(),
  days: z.array(WeekDay),
  lessons: z.array(Lesson),
  locals: z.array(OwnLocal),
  /** What else this account may look at: its rooms and classes. */
  views: z.array(z.object({ view: OwnView, id: Id, name: z.string() })),
});
export type OwnWeek = z.infer<typeof OwnWeek>;

export const CalendarFeed = z.object({
  feedId: Id,
  accountId: Id,
  createdAt: WallMs,
  /** When a calendar last asked for it. */
  readAt: WallMs.nullable(),
});
export type CalendarFeed = z.infer<typeof CalendarFeed>;
export const CalendarFeedQuery = z.object({ accountId: Id });
export const NewCalendarFeed = z.object({
  feed: CalendarFeed,
  /** A path of this server; whoever knows it reads the calendar. */
  path: z.string(),
});
export type NewCalendarFeed = z.infer<typeof NewCalendarFeed>;
