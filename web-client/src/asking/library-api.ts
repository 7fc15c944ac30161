import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { LibraryQuestion, type NewQuestion } from '#protocol/library.ts';
import { call } from '../api/call.ts';

const path = (courseId: string) => `/api/courses/${courseId}/questions`;

export const libraryApi = {
  all: (courseId: string) => call(z.array(LibraryQuestion), path(courseId)),
  add: (courseId: string, question: NewQuestion) =>
    call(LibraryQuestion, path(courseId), { method: 'POST', body: question }),
  remove: (courseId: string, questionId: string) =>
    call(z.unknown(), `${path(courseId)}/${questionId}`, { method: 'DELETE' }),
};

export const libraryQuery = (courseId: string) =>
  queryOptions({ queryKey: ['library', courseId], queryFn: () => libraryApi.all(courseId) });
