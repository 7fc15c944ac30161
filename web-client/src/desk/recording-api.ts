import { queryOptions } from '@tanstack/react-query';
import type { RecordingPolicy } from '#protocol/policy.ts';
import { RecordingPlan } from '#protocol/rest.ts';
import { call } from '../api/call.ts';

const REFRESH_MS = 10_000;

export const setRecordingPolicy = (lessonId: string, policy: RecordingPolicy) =>
  call(RecordingPlan, `/api/lessons/${lessonId}/recording`, { method: 'PUT', body: { policy } });

/** Whether a lesson is recorded, and the recorder's room; while it is, the room is told by the lesson itself. */
export const recordingPlanQuery = (lessonId: string, recording: boolean) =>
  queryOptions({
    queryKey: ['recording-plan', lessonId],
    queryFn: () => call(RecordingPlan, `/api/lessons/${lessonId}/recording`),
    refetchInterval: recording ? false : REFRESH_MS,
  });
