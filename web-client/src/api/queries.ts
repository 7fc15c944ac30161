import { queryOptions } from '@tanstack/react-query';
import type { Lesson } from '#protocol/domain.ts';
import { platform } from './platform.ts';

const LIST_REFRESH_MS = 10_000;
const WAITING_REFRESH_MS = 2_000;
const LIVE_REPLAY_REFRESH_MS = 4_000;

export const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: platform.about,
  staleTime: Number.POSITIVE_INFINITY,
});

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: platform.session,
  staleTime: 60_000,
});

export const demoAccountsQuery = queryOptions({
  queryKey: ['demo-accounts'],
  queryFn: platform.demoAccounts,
});

/** Lessons planned to begin within `[from, to)`, wall ms. */
export const lessonsQuery = (from: number, to: number) =>
  queryOptions({
    queryKey: ['lessons', from, to],
    queryFn: () => platform.lessons(from, to),
    refetchInterval: LIST_REFRESH_MS,
  });

/** One lesson; asked often while it has not begun, because somebody waits before a dark screen. */
export const lessonQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['lesson', lessonId],
    queryFn: () => platform.lesson(lessonId),
    refetchInterval: ({ state }) => (isWaiting(state.data) ? WAITING_REFRESH_MS : false),
  });

const isWaiting = (lesson: Lesson | undefined): boolean => lesson?.state === 'scheduled';

/** The replay; while the lesson is live its end moves on, and before the recording begins there is none. */
export const replayQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['replay', lessonId],
    queryFn: () => platform.replay(lessonId),
    refetchInterval: ({ state }) => (!state.data || state.data.live ? LIVE_REPLAY_REFRESH_MS : false),
  });

/** Class lists hardly change during a lesson. */
export const rosterQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['roster', lessonId],
    queryFn: () => platform.roster(lessonId),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const timelineQuery = (lessonId: string, live: boolean) =>
  queryOptions({
    queryKey: ['timeline', lessonId],
    queryFn: () => platform.timeline(lessonId),
    refetchInterval: live ? LIVE_REPLAY_REFRESH_MS : false,
  });
