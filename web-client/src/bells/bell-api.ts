import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type BellChange,
  BellCopied,
  type BellCopy,
  type BellDraft,
  BellSchedule,
  BellsSaved,
  SchoolBells,
} from '#protocol/bells.ts';
import { call } from '../api/call.ts';

export const schoolBellsQuery = queryOptions({
  queryKey: ['bells', 'today'],
  queryFn: () => call(z.array(SchoolBells), '/api/bells'),
});

export const bellApi = {
  of: (organizationId: string) => call(z.array(BellSchedule), `/api/bells/${organizationId}`),
  create: (draft: BellDraft) => call(BellsSaved, '/api/bells', { method: 'POST', body: draft }),
  change: (scheduleId: string, change: BellChange) =>
    call(BellsSaved, `/api/bells/${scheduleId}`, { method: 'PUT', body: change }),
  remove: (scheduleId: string, version: number) =>
    call(z.object({}), `/api/bells/${scheduleId}?version=${version}`, { method: 'DELETE' }),
  copy: (copy: BellCopy) => call(BellCopied, '/api/bells/copies', { method: 'POST', body: copy }),
};
