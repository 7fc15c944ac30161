import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { Clash, type ClashDraft, ClashedLesson } from '#protocol/clashes.ts';
import {
  ImportedLocalLessons,
  type ImportLocalLessons,
  LocalLesson,
  type SaveLocalLesson,
} from '#protocol/local-lessons.ts';
import { CalendarFeed, NewCalendarFeed, type OwnView, OwnWeek } from '#protocol/own-week.ts';
import {
  LessonPlan,
  MakeTermProgress,
  type Place,
  type PlanLesson,
  SchoolWeek,
  TimetableChoices,
  TimetableSchool,
  WeekLesson,
} from '#protocol/timetable.ts';
import { call } from '../api/call.ts';
import { queryClient } from '../api/query-client.ts';

const Anything = z.unknown();
const post = <S extends z.ZodType>(schema: S, path: string, body: unknown) =>
  call(schema, path, { method: 'POST', body });
const ofDay = (day: string | null) => (day === null ? '' : `&day=${day}`);

/** The timetable's routes; shapes are in `protocol/{timetable,clashes,local-lessons,own-week}.ts`. */
export const timetableApi = {
  schools: () => call(z.array(TimetableSchool), '/api/timetable/schools'),
  week: (organizationId: string, day: string | null) =>
    call(SchoolWeek, `/api/timetable/week?organizationId=${organizationId}${ofDay(day)}`),
  choices: (organizationId: string) =>
    call(TimetableChoices, `/api/timetable/choices?organizationId=${organizationId}`),
  clashes: (draft: z.input<typeof ClashDraft>) => post(z.array(Clash), '/api/timetable/clashes', draft),
  clashed: (organizationId: string) =>
    call(z.array(ClashedLesson), `/api/timetable/clashes?organizationId=${organizationId}`),
  plan: (body: z.input<typeof PlanLesson>) => post(WeekLesson, '/api/timetable/lessons', body),
  lesson: (lessonId: string) => call(LessonPlan, `/api/lessons/${lessonId}/plan`),
  move: (lessonId: string, version: number, place: z.input<typeof Place>, despiteClashes: boolean) =>
    post(WeekLesson, `/api/lessons/${lessonId}/move`, { version, place, despiteClashes }),
  substitute: (
    lessonId: string,
    body: {
      version: number;
      teacherId?: string;
      assistants?: { classroomId: string; assistantId: string | null }[];
      despiteClashes: boolean;
    },
  ) => post(WeekLesson, `/api/lessons/${lessonId}/substitute`, body),
  cancel: (lessonId: string, version: number, reason: string) =>
    post(WeekLesson, `/api/lessons/${lessonId}/cancel`, { version, reason }),
  restore: (lessonId: string, version: number, despiteClashes: boolean) =>
    post(WeekLesson, `/api/lessons/${lessonId}/restore`, { version, despiteClashes }),
  makeTerm: (termId: string, organizationId: string, after: string | null) =>
    post(MakeTermProgress, `/api/timetable/terms/${termId}/lessons`, { organizationId, after }),
  locals: (organizationId: string, termId: string) =>
    call(z.array(LocalLesson), `/api/local-lessons?organizationId=${organizationId}&termId=${termId}`),
  saveLocal: (id: string | null, body: z.input<typeof SaveLocalLesson>) =>
    call(LocalLesson, id ? `/api/local-lessons/${id}` : '/api/local-lessons', {
      method: id ? 'PUT' : 'POST',
      body,
    }),
  removeLocal: (id: string) => call(Anything, `/api/local-lessons/${id}`, { method: 'DELETE' }),
  importLocals: (body: z.input<typeof ImportLocalLessons>) =>
    post(ImportedLocalLessons, '/api/local-lessons/import', body),
  own: (view: OwnView, id: string | null, day: string | null) =>
    call(OwnWeek, `/api/timetable/own?view=${view}${id === null ? '' : `&id=${id}`}${ofDay(day)}`),
  feeds: (accountId: string) => call(z.array(CalendarFeed), `/api/calendar-feeds?accountId=${accountId}`),
  makeFeed: (accountId: string) => post(NewCalendarFeed, '/api/calendar-feeds', { accountId }),
  revokeFeed: (feedId: string, accountId: string) =>
    call(Anything, `/api/calendar-feeds/${feedId}?accountId=${accountId}`, { method: 'DELETE' }),
};

const WEEK_REFRESH_MS = 15_000;
const CLASHED_REFRESH_MS = 60_000;

export const schoolsQuery = queryOptions({
  queryKey: ['timetable-schools'],
  queryFn: timetableApi.schools,
  staleTime: 300_000,
});

/** Asked again while the page is open: another administrator may be at the same week. */
export const weekQuery = (organizationId: string, day: string | null) =>
  queryOptions({
    queryKey: ['timetable-week', organizationId, day],
    queryFn: () => timetableApi.week(organizationId, day),
    // The next week takes the place of this one at once, without an empty page between.
    placeholderData: (before: SchoolWeek | undefined) =>
      before?.organizationId === organizationId ? before : undefined,
    refetchInterval: WEEK_REFRESH_MS,
  });

/** The lessons to come that clash. */
export const clashedQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['timetable-clashed', organizationId],
    queryFn: () => timetableApi.clashed(organizationId),
    refetchInterval: CLASHED_REFRESH_MS,
  });

/** Asks for what the page of `address` shows, while its chunk still comes. */
export async function askWeekAhead(address: string): Promise<void> {
  const search = new URL(address).searchParams;
  const asked = queryClient.fetchQuery(schoolsQuery).catch(() => []);
  const school = search.get('school') ?? (await asked)[0]?.organizationId;
  if (school) await queryClient.prefetchQuery(weekQuery(school, search.get('day')));
}

export const choicesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['timetable-choices', organizationId],
    queryFn: () => timetableApi.choices(organizationId),
    staleTime: 60_000,
  });

export const lessonPlanQuery = (lessonId: string) =>
  queryOptions({ queryKey: ['lesson-plan', lessonId], queryFn: () => timetableApi.lesson(lessonId) });

export const localsQuery = (organizationId: string, termId: string) =>
  queryOptions({
    queryKey: ['local-lessons', organizationId, termId],
    queryFn: () => timetableApi.locals(organizationId, termId),
  });

export const ownWeekQuery = (view: OwnView, id: string | null, day: string | null) =>
  queryOptions({
    queryKey: ['own-week', view, id, day],
    queryFn: () => timetableApi.own(view, id, day),
    refetchInterval: WEEK_REFRESH_MS,
  });
