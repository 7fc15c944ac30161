import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  EditDesk,
  EditEntry,
  EditSource,
  Joinable,
  Restored,
  Saved,
  SplitDone,
  VersionLine,
} from '#protocol/edit-rest.ts';
import type { Clip, Programme } from '#protocol/programme.ts';
import { TimelinePage } from '#protocol/rest.ts';
import { call } from '../api/call.ts';

const path = (resourceId: string, rest: string) => `/api/resources/${resourceId}/${rest}`;

/** The routes of `protocol/edit-rest.ts`. */
export const editorApi = {
  save: (resourceId: string, seen: number, programme: Programme) =>
    call(Saved, path(resourceId, 'programme'), { method: 'PUT', body: { seen, programme } }),
  split: (resourceId: string, seen: number, parts: { title: string; clips: Clip[] }[]) =>
    call(SplitDone, path(resourceId, 'split'), { method: 'POST', body: { seen, parts } }),
  restore: (resourceId: string, seen: number, version: number) =>
    call(Restored, path(resourceId, 'versions'), { method: 'POST', body: { seen, version } }),
  desk: (resourceId: string) => call(EditDesk, path(resourceId, 'edit')),
  source: (resourceId: string, recordingId: string) =>
    call(EditSource, path(resourceId, `edit/sources/${recordingId}`)),
};

/** Where the lesson's replay is edited; refused for who may not. */
export const entryQuery = (lessonId: string) =>
  queryOptions({
    queryKey: ['edit-entry', lessonId],
    queryFn: () => call(EditEntry, `/api/lessons/${lessonId}/edit`),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const deskQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['edit', resourceId],
    queryFn: () => editorApi.desk(resourceId),
    // The page has the newest itself; asked again it would only load the pictures anew.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const sourceTimelineQuery = (resourceId: string, recordingId: string) =>
  queryOptions({
    queryKey: ['edit-timeline', recordingId],
    queryFn: () => call(TimelinePage, path(resourceId, `edit/timelines/${recordingId}`)),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const joinableQuery = (resourceId: string, search: string) =>
  queryOptions({
    queryKey: ['edit-joinable', resourceId, search],
    queryFn: () =>
      call(z.array(Joinable), path(resourceId, `edit/sources?search=${encodeURIComponent(search)}`)),
  });

export const versionsQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['edit-versions', resourceId],
    queryFn: () => call(z.array(VersionLine), path(resourceId, 'versions')),
    staleTime: 0,
  });

/** A page that goes sends what is not saved yet on its way; more than this browsers do not take then, bytes. */
const MOST_LEAVING = 60_000;

/** Sends a save that outlives the page. Whether it arrives nobody hears: the browser keeps it as well. */
export function saveLeaving(resourceId: string, seen: number, programme: Programme): void {
  const body = JSON.stringify({ seen, programme });
  if (body.length > MOST_LEAVING) return;
  void fetch(path(resourceId, 'programme'), {
    method: 'PUT',
    credentials: 'same-origin',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body,
  }).catch(() => {});
}
