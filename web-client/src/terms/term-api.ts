import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { Organization } from '#protocol/directory.ts';
import { Term, type TermChange, type TermDraft, TermSaved } from '#protocol/term.ts';
import { call } from '../api/call.ts';

export const termsQuery = queryOptions({
  queryKey: ['terms'],
  queryFn: () => call(z.array(Term), '/api/terms'),
});

export const organizationsQuery = queryOptions({
  queryKey: ['organizations', 'tree'],
  queryFn: () => call(z.array(Organization), '/api/organizations'),
});

export const termApi = {
  one: (termId: string) => call(Term, `/api/terms/${termId}`),
  create: (draft: TermDraft) => call(Term, '/api/terms', { method: 'POST', body: draft }),
  change: (termId: string, change: TermChange) =>
    call(TermSaved, `/api/terms/${termId}`, { method: 'PUT', body: change }),
  remove: (termId: string, version: number) =>
    call(z.object({}), `/api/terms/${termId}?version=${version}`, { method: 'DELETE' }),
};
