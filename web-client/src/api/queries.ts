import { queryOptions } from '@tanstack/react-query';
import type { Lesson } from '#protocol/domain.ts';
import type { Replay } from '#protocol/rest.ts';
import { mayRetry } from './may-retry.ts';
import { platform } from './platform.ts';

const LIST_REFRESH_MS = 10_000;
const WAITING_REFRESH_MS = 2_000;
export const LIVE_REPLAY_REFRESH_MS = 4_000;
const AGAIN_MS = 5_000;

export const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: platform.about,
  staleTime: Number.POSITIVE_INFINITY,
});

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: platform.session,
  staleTime: 60_000,
  // Nobody stands before a room's screen to try again when the power has come back to it first.
  refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
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
    refetchInterval: ({ state }) =>
      isWaiting(state.data) ? WAITING_REFRESH_MS : state.error && mayRetry(state.error) ? AGAIN_MS : false,
  });

const isWaiting = (lesson: Lesson | undefined): boolean => lesson?.state === 'scheduled';

/** While the lesson is live its end moves on; afterwards its addresses have to be signed anew before they run out. */
export const replayRefresh = (replay: Replay | undefined): number =>
  !replay || replay.live ? LIVE_REPLAY_REFRESH_MS : replay.renewAfterMs;

/** The replay of a lesson; before the recording begins there is none. */
export const replayQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['replay', lessonId],
    queryFn: () => platform.replay(lessonId),
    refetchInterval: ({ state }) => replayRefresh(state.data),
    // A lesson that is only listened to plays on behind other windows.
    refetchIntervalInBackground: true,
  });

/** Class lists hardly change during a lesson. */
export const rosterQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['roster', lessonId],
    queryFn: () => platform.roster(lessonId),
    staleTime: Number.POSITIVE_INFINITY,
  });
