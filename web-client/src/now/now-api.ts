import { queryOptions } from '@tanstack/react-query';
import { AlarmCount, NowBoard } from '#protocol/alarm.ts';
import { call } from '../api/call.ts';

/** "At once", for people. A session that has ended is told so by the next look. */
const LOOK_MS = 3_000;

export const nowQuery = queryOptions({
  queryKey: ['now'],
  queryFn: () => call(NowBoard, '/api/now'),
  refetchInterval: LOOK_MS,
});

export const alarmCountQuery = queryOptions({
  queryKey: ['now', 'count'],
  queryFn: () => call(AlarmCount, '/api/now/count'),
  refetchInterval: LOOK_MS,
});
