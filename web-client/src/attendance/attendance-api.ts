import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  AttendanceLines,
  type AttendanceQuery,
  AttendanceReport,
  LessonSheet,
} from '#protocol/attendance-report.ts';
import { Term } from '#protocol/term.ts';
import { call } from '../api/call.ts';

/** As the address of a request has it; what is not asked for is left out. */
export const questionOf = (query: AttendanceQuery): URLSearchParams =>
  new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value ? [[key, value]] : [])));

/** Lessons go on while one looks. */
const REFRESH_MS = 60_000;

export const reportQuery = (query: AttendanceQuery) =>
  queryOptions({
    queryKey: ['attendance', 'report', query],
    queryFn: () => call(AttendanceReport, `/api/attendance/report?${questionOf(query)}`),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });

export const linesQuery = (query: AttendanceQuery) =>
  queryOptions({
    queryKey: ['attendance', 'lessons', query],
    queryFn: () => call(AttendanceLines, `/api/attendance/lessons?${questionOf(query)}`),
  });

export const sheetQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['attendance', 'lesson', lessonId],
    queryFn: () => call(LessonSheet, `/api/attendance/lessons/${lessonId}`),
  });

export const termsQuery = queryOptions({
  queryKey: ['attendance', 'terms'],
  queryFn: () => call(z.array(Term), '/api/terms'),
});
