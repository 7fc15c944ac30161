import { queryOptions } from '@tanstack/react-query';
import { platform } from './platform.ts';
import { LIVE_REPLAY_REFRESH_MS, replayRefresh } from './queries.ts';
import { resources } from './resources.ts';

const FILES_REFRESH_MS = 120_000;

export const resourceQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['resource', resourceId],
    queryFn: () => resources.one(resourceId),
  });

/** The replay of a resource's programme. */
export const resourceReplayQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['resource-replay', resourceId],
    queryFn: () => resources.replay(resourceId),
    refetchInterval: ({ state }) => (state.data ? replayRefresh(state.data) : false),
    refetchIntervalInBackground: true,
  });

/** What a resource of files shows; its addresses are for minutes, too. */
export const resourceFilesQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['resource-files', resourceId],
    queryFn: () => resources.files(resourceId),
    refetchInterval: FILES_REFRESH_MS,
    refetchIntervalInBackground: true,
  });

/** What happened in a recorded lesson, asked for as the lesson's or as the resource's that shows it. */
export const recordingTimelineQuery = (of: {
  lessonId: string;
  recordingId: string;
  resourceId: string | null;
  live: boolean;
}) =>
  queryOptions({
    queryKey: ['timeline', of.lessonId, of.recordingId, of.resourceId],
    queryFn: () =>
      of.resourceId === null
        ? platform.timeline(of.lessonId)
        : resources.timeline(of.resourceId, of.recordingId),
    refetchInterval: of.live ? LIVE_REPLAY_REFRESH_MS : false,
  });
