import { z } from 'zod';
import { Day, MinuteOfDay } from './calendar.ts';
import { Id, WallMs } from './ids.ts';
import { sharedText } from './text.ts';
import { despiteClashes } from './timetable.ts';

/*
 * Open mode: lessons that a school publishes as one programme (开放课节目) with a public page.
 *
 *   GET    /api/series                       Series[]          (of one's schools, also drafts)
 *   POST   /api/series                       SeriesDraft → Series
 *   GET    /api/series/:id                   Series
 *   PUT    /api/series/:id                   SeriesChange → Series
 *   POST   /api/series/:id/state             SeriesMove → Series
 *   DELETE /api/series/:id                   → {}              (a draft without lessons)
 *   POST   /api/series/:id/lessons           SeriesLessonDraft → Series
 *   PUT    /api/series/:id/lessons/:lessonId SeriesLessonDraft → Series
 *   POST   /api/series/:id/lessons/:lessonId/cancel  SeriesLessonCancel → Series   (stays shown, with its reason)
 *   DELETE /api/series/:id/lessons/:lessonId → Series          (of a series that was never published)
 *   GET    /api/series/choices?organizationId=  SeriesChoices
 *   GET    /api/series/people?organizationId=&q=   InvitablePerson[]  (of that school and below, at most 20)
 *   GET    /api/open                         OpenSeries[]      (nobody need be signed in, here and below)
 *   GET    /api/open/:id                     OpenSeries        (a draft is NOT_FOUND; a withdrawn one says so)
 *   GET    /api/open/:id/calendar.ics        iCalendar
 */

export const SeriesState = z.enum(['draft', 'published', 'withdrawn']);
export type SeriesState = z.infer<typeof SeriesState>;
/** Which state may follow which. */
export const SERIES_MOVES: Record<SeriesState, readonly SeriesState[]> = {
  draft: ['published'],
  published: ['withdrawn'],
  withdrawn: ['published'],
};

export const SeriesDraft = z.object({
  organizationId: Id,
  title: sharedText({ max: 60 }),
  summary: sharedText({ min: 0, max: 1000, lines: 20 }),
});
export type SeriesDraft = z.infer<typeof SeriesDraft>;
export const SeriesChange = SeriesDraft.omit({ organizationId: true }).extend({ version: z.number().int() });
export type SeriesChange = z.infer<typeof SeriesChange>;
export const SeriesMove = z.object({ to: SeriesState, version: z.number().int() });

export const SeriesLessonDraft = z.object({
  /** Of the series, as it was seen. */
  version: z.number().int(),
  title: sharedText({ max: 60 }),
  subject: sharedText({ max: 20 }),
  grade: sharedText({ max: 20 }),
  day: Day,
  startsMinute: MinuteOfDay,
  endsMinute: MinuteOfDay,
  teacherId: Id,
  masterClassroomId: Id,
  despiteClashes,
});
export type SeriesLessonDraft = z.infer<typeof SeriesLessonDraft>;

export const SeriesLessonCancel = z.object({
  version: z.number().int(),
  reason: sharedText({ max: 200, lines: 4 }),
});

/** `live` 正在直播 (and the page may watch it), `running` without a public stream. */
export const OpenLessonState = z.enum(['upcoming', 'live', 'running', 'over', 'replay', 'cancelled']);
export type OpenLessonState = z.infer<typeof OpenLessonState>;

export const OpenLesson = z.object({
  lessonId: Id,
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  teacherName: z.string(),
  plannedStart: WallMs,
  plannedEnd: WallMs,
  state: OpenLessonState,
  /** Whether its public stream is asked for and approved: `/live/:lessonId` will show it. */
  streamed: z.boolean(),
  /** The published replay, for everybody. */
  resourceId: Id.nullable(),
  movedFrom: WallMs.nullable(),
  cancelReason: z.string().nullable(),
});
export type OpenLesson = z.infer<typeof OpenLesson>;

export const OpenSeries = z.object({
  seriesId: Id,
  state: SeriesState,
  title: z.string(),
  /** Empty when withdrawn, and so are the lessons. */
  summary: z.string(),
  organizationName: z.string(),
  lessons: z.array(OpenLesson),
});
export type OpenSeries = z.infer<typeof OpenSeries>;

export const Series = OpenSeries.extend({
  organizationId: Id,
  lessons: z.array(
    OpenLesson.extend({
      day: Day,
      startsMinute: MinuteOfDay,
      endsMinute: MinuteOfDay,
      teacherId: Id,
      masterClassroomId: Id,
      roomName: z.string(),
    }),
  ),
  publishedAt: WallMs.nullable(),
  version: z.number().int(),
});
export type Series = z.infer<typeof Series>;

const Named = z.object({ accountId: Id, name: z.string(), organizationName: z.string() });
export const SeriesChoices = z.object({
  organizations: z.array(z.object({ organizationId: Id, name: z.string() })),
  /** Of the series' school and below. */
  rooms: z.array(Named),
  subjects: z.array(z.string()),
  grades: z.array(z.string()),
});
export type SeriesChoices = z.infer<typeof SeriesChoices>;
