import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  OpenSeries,
  Series,
  type SeriesChange,
  SeriesChoices,
  type SeriesDraft,
  type SeriesLessonDraft,
  type SeriesState,
} from '#protocol/series.ts';
import { call } from '../api/call.ts';

/** Lessons begin and end while one looks. */
const REFRESH_MS = 15_000;

export const seriesQuery = queryOptions({
  queryKey: ['series'],
  queryFn: () => call(z.array(Series), '/api/series'),
  refetchInterval: REFRESH_MS,
});

export const seriesChoicesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['series', 'choices', organizationId],
    queryFn: () => call(SeriesChoices, `/api/series/choices?organizationId=${organizationId}`),
  });

export const openSeriesListQuery = queryOptions({
  queryKey: ['open-series'],
  queryFn: () => call(z.array(OpenSeries), '/api/open'),
  refetchInterval: REFRESH_MS,
});

export const openSeriesQuery = (seriesId: string) =>
  queryOptions({
    queryKey: ['open-series', seriesId],
    queryFn: () => call(OpenSeries, `/api/open/${seriesId}`),
    refetchInterval: REFRESH_MS,
  });

const at = (seriesId: string, path = '') => `/api/series/${seriesId}${path}`;
export const seriesApi = {
  find: (seriesId: string) => call(Series, at(seriesId)),
  make: (body: SeriesDraft) => call(Series, '/api/series', { method: 'POST', body }),
  change: (seriesId: string, body: SeriesChange) => call(Series, at(seriesId), { method: 'PUT', body }),
  move: (seriesId: string, to: SeriesState, version: number) =>
    call(Series, at(seriesId, '/state'), { method: 'POST', body: { to, version } }),
  remove: (seriesId: string) => call(z.object({}), at(seriesId), { method: 'DELETE' }),
  addLesson: (seriesId: string, body: SeriesLessonDraft) =>
    call(Series, at(seriesId, '/lessons'), { method: 'POST', body }),
  changeLesson: (seriesId: string, lessonId: string, body: SeriesLessonDraft) =>
    call(Series, at(seriesId, `/lessons/${lessonId}`), { method: 'PUT', body }),
  cancelLesson: (seriesId: string, lessonId: string, body: { version: number; reason: string }) =>
    call(Series, at(seriesId, `/lessons/${lessonId}/cancel`), { method: 'POST', body }),
  removeLesson: (seriesId: string, lessonId: string) =>
    call(Series, at(seriesId, `/lessons/${lessonId}`), { method: 'DELETE' }),
};
