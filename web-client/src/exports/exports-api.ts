import { queryOptions } from '@tanstack/react-query';
import { Export, ExportList, type ExportRequest, isOver } from '#protocol/export.ts';
import type { Id } from '#protocol/ids.ts';
import { StreamAddress } from '#protocol/rest.ts';
import { call } from '../api/call.ts';

/** What is exported: a resource of the library, or a lesson's whole recording. */
export type ExportSubject = { resourceId: Id } | { lessonId: Id };

const LOOK_MS = 1_000;
/** Addresses of finished files die; a list that stays open gets new ones. */
const RENEW_MS = 120_000;

const pathOf = (of: ExportSubject) =>
  'resourceId' in of ? `/api/resources/${of.resourceId}/exports` : `/api/lessons/${of.lessonId}/exports`;

export const exportsQuery = (of: ExportSubject) =>
  queryOptions({
    queryKey: ['exports', of],
    queryFn: () => call(ExportList, pathOf(of)),
    refetchInterval: ({ state }) => (state.data?.some((one) => !isOver(one.state)) ? LOOK_MS : RENEW_MS),
  });

export const askExport = (of: ExportSubject, body: ExportRequest) =>
  call(Export, pathOf(of), { method: 'POST', body });

export const changeExport = (exportId: Id, change: 'cancel' | 'retry') =>
  call(Export, `/api/exports/${exportId}/${change}`, { method: 'POST', body: {} });

/** One plain HLS stream, for a player that is not ours. */
export const askStream = (resourceId: Id) =>
  call(StreamAddress, `/api/resources/${resourceId}/stream`, { method: 'POST', body: {} });
