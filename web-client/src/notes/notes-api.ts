import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { Caption, CaptionTrack, SavedCaption } from '#protocol/caption.ts';
import { CommentPage, type NewComment, type NewNote, StudyNote, TimedComment } from '#protocol/notes.ts';
import { ProgressAnswer, type ProgressReport } from '#protocol/progress.ts';
import { call } from '../api/call.ts';

const COMMENTS_REFRESH_MS = 30_000;
const Anything = z.unknown();

/** Routes of what is attached to a replay's time; `path` is a subject's (`subject-path.ts`). */
export const notesApi = {
  /** @param file WebVTT or SRT in any encoding; `seen` the version that was read, 0 for a new language. */
  saveCaption: (path: string, language: string, file: Blob, seen: number, label?: string) => {
    const query = new URLSearchParams({ version: String(seen), ...(label && { label }) });
    return call(SavedCaption, `${path}/captions/${language}?${query}`, { method: 'PUT', file });
  },
  removeCaption: (path: string, language: string) =>
    call(Anything, `${path}/captions/${language}`, { method: 'DELETE' }),
  restoreCaption: (path: string, language: string) =>
    call(CaptionTrack, `${path}/captions/${language}/restore`, { method: 'POST' }),
  addNote: (path: string, body: NewNote) => call(StudyNote, `${path}/notes`, { method: 'POST', body }),
  changeNote: (path: string, noteId: string, body: NewNote) =>
    call(StudyNote, `${path}/notes/${noteId}`, { method: 'PUT', body }),
  removeNote: (path: string, noteId: string) =>
    call(Anything, `${path}/notes/${noteId}`, { method: 'DELETE' }),
  restoreNote: (path: string, noteId: string) =>
    call(StudyNote, `${path}/notes/${noteId}/restore`, { method: 'POST' }),
  addComment: (path: string, body: NewComment) =>
    call(TimedComment, `${path}/comments`, { method: 'POST', body }),
  approveComment: (path: string, commentId: string) =>
    call(TimedComment, `${path}/comments/${commentId}/approve`, { method: 'POST' }),
  removeComment: (path: string, commentId: string) =>
    call(Anything, `${path}/comments/${commentId}`, { method: 'DELETE' }),
  restoreComment: (path: string, commentId: string) =>
    call(TimedComment, `${path}/comments/${commentId}/restore`, { method: 'POST' }),
  reportProgress: (path: string, body: ProgressReport) =>
    call(ProgressAnswer, `${path}/progress`, { method: 'POST', body }),
};

export const captionsQuery = (path: string) =>
  queryOptions({
    queryKey: ['captions', path],
    queryFn: () => call(z.array(CaptionTrack), `${path}/captions`),
    staleTime: 60_000,
  });

/** One language whole. A newer version is another query, so that nobody reads the old one. */
export const captionQuery = (path: string, { language, version }: { language: string; version: number }) =>
  queryOptions({
    queryKey: ['captions', path, language, version],
    queryFn: () => call(Caption, `${path}/captions/${language}`),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const notesQuery = (path: string) =>
  queryOptions({ queryKey: ['notes', path], queryFn: () => call(z.array(StudyNote), `${path}/notes`) });

export const commentsQuery = (path: string) =>
  queryOptions({
    queryKey: ['comments', path],
    queryFn: () => call(CommentPage, `${path}/comments`),
    refetchInterval: COMMENTS_REFRESH_MS,
  });

/** Where this account stopped, asked anew each time: another device may have gone on since. */
export const progressQuery = (path: string) =>
  queryOptions({
    queryKey: ['progress', path],
    queryFn: async () => (await call(ProgressAnswer, `${path}/progress`)).progress,
    // A player does not wait for what it can do without.
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
