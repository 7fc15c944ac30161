import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { SchoolBells } from '#protocol/bells.ts';
import {
  Activity,
  type ActivityChange,
  ActivityChoices,
  type ActivityDraft,
  type GuestPart,
  Invitation,
  NameMatch,
  Rubric,
  type RubricChange,
  type RubricDraft,
} from '#protocol/invitation.ts';
import { call } from '../api/call.ts';
import { platformNow } from '../api/clock.ts';
import { DAY_MS } from '../ui/time.ts';

/** Others answer while one looks. */
const REFRESH_MS = 15_000;
const YEAR_MS = 366 * DAY_MS;

export const activitiesQuery = queryOptions({
  queryKey: ['activities'],
  queryFn: () => {
    const now = platformNow();
    return call(z.array(Activity), `/api/activities?from=${now - YEAR_MS}&to=${now + YEAR_MS}`);
  },
  refetchInterval: REFRESH_MS,
});

export const choicesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['activities', 'choices', organizationId],
    queryFn: () => call(ActivityChoices, `/api/activities/choices?organizationId=${organizationId}`),
  });

/** Each school's periods on a day. */
export const bellsQuery = (day: string) =>
  queryOptions({
    queryKey: ['bells', day],
    queryFn: () => call(z.array(SchoolBells), `/api/bells?day=${day}`),
  });

export const usableRubricsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['rubrics', organizationId],
    queryFn: () => call(z.array(Rubric), `/api/rubrics?organizationId=${organizationId}`),
  });

export const rubricsQuery = queryOptions({
  queryKey: ['rubrics'],
  queryFn: () => call(z.array(Rubric), '/api/rubrics'),
});

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => call(z.array(Invitation), '/api/invitations'),
  staleTime: REFRESH_MS,
  refetchInterval: 4 * REFRESH_MS,
});

const at = (lessonId: string, path = '') => `/api/activities/${lessonId}${path}`;
export const invitationApi = {
  find: (lessonId: string) => call(Activity, at(lessonId)),
  make: (body: ActivityDraft) => call(Activity, '/api/activities', { method: 'POST', body }),
  change: (lessonId: string, body: ActivityChange) => call(Activity, at(lessonId), { method: 'PUT', body }),
  cancel: (lessonId: string, body: { version: number; reason: string }) =>
    call(Activity, at(lessonId, '/cancel'), { method: 'POST', body }),
  invite: (lessonId: string, part: GuestPart, accountIds: readonly string[]) =>
    call(Activity, at(lessonId, '/guests'), { method: 'POST', body: { part, accountIds } }),
  uninvite: (lessonId: string, accountId: string) =>
    call(Activity, at(lessonId, `/guests/${accountId}`), { method: 'DELETE' }),
  names: (organizationId: string, names: readonly string[]) =>
    call(z.array(NameMatch), '/api/activities/names', { method: 'POST', body: { organizationId, names } }),
  answer: (lessonId: string, answer: 'accepted' | 'declined') =>
    call(Invitation, `/api/invitations/${lessonId}`, { method: 'POST', body: { answer } }),
  makeRubric: (body: RubricDraft) => call(Rubric, '/api/rubrics', { method: 'POST', body }),
  changeRubric: (rubricId: string, body: RubricChange) =>
    call(Rubric, `/api/rubrics/${rubricId}`, { method: 'PUT', body }),
  archiveRubric: (rubricId: string) => call(Rubric, `/api/rubrics/${rubricId}`, { method: 'DELETE' }),
  restoreRubric: (rubricId: string) => call(Rubric, `/api/rubrics/${rubricId}/restore`, { method: 'POST' }),
};
