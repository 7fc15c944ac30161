import { queryOptions } from '@tanstack/react-query';
import { LiveStreamPolicy, PublicLive, type SetLiveStream } from '#protocol/public-live.ts';
import { call } from '../api/call.ts';

/** A stop is seen within a second. */
const LOOK_MS = 1_000;

export const publicLiveQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['public-live', lessonId],
    queryFn: () => call(PublicLive, `/api/live/${lessonId}`),
    refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : LOOK_MS),
  });

export const liveStreamQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['live-stream', lessonId],
    queryFn: () => call(LiveStreamPolicy, `/api/lessons/${lessonId}/live-stream`),
  });

const at = (lessonId: string, path = '') => `/api/lessons/${lessonId}/live-stream${path}`;
export const liveApi = {
  ask: (lessonId: string, body: SetLiveStream) =>
    call(LiveStreamPolicy, at(lessonId), { method: 'PUT', body }),
  approve: (lessonId: string, approved: boolean) =>
    call(LiveStreamPolicy, at(lessonId, '/approve'), { method: 'POST', body: { approved } }),
  stop: (lessonId: string, stopped: boolean) =>
    call(LiveStreamPolicy, at(lessonId, '/stop'), { method: 'POST', body: { stopped } }),
};
