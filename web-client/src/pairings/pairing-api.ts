import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  ActReport,
  type BulkReport,
  BulkReport as BulkReportSchema,
  Pairing,
  type PairingAct,
  type PairingActs,
  type PairingBulk,
  type PairingChange,
  PairingChoices,
  type PairingDraft,
  type PairingDuplicate,
  PairingSaved,
  PartnerSchool,
} from '#protocol/pairing.ts';
import { Term } from '#protocol/term.ts';
import { call } from '../api/call.ts';

const many = z.array(Pairing);
export const pairingsQuery = queryOptions({
  queryKey: ['pairings', 'all'],
  queryFn: () => call(many, '/api/pairings'),
});
export const waitingQuery = queryOptions({
  queryKey: ['pairings', 'mine'],
  queryFn: () => call(many, '/api/pairings/mine'),
});
export const partnersQuery = queryOptions({
  queryKey: ['pairings', 'schools'],
  queryFn: () => call(z.array(PartnerSchool), '/api/pairings/schools'),
});
export const choicesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['pairings', 'choices', organizationId],
    queryFn: () => call(PairingChoices, `/api/pairings/choices?organizationId=${organizationId}`),
  });
export const termsAtQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['terms', 'at', organizationId],
    queryFn: () => call(z.array(Term), `/api/terms?organizationId=${organizationId}`),
  });

export const pairingApi = {
  one: (id: string) => call(Pairing, `/api/pairings/${id}`),
  create: (draft: PairingDraft) => call(PairingSaved, '/api/pairings', { method: 'POST', body: draft }),
  change: (id: string, change: PairingChange) =>
    call(PairingSaved, `/api/pairings/${id}`, { method: 'PUT', body: change }),
  act: (id: string, act: PairingAct) =>
    call(PairingSaved, `/api/pairings/${id}/state`, { method: 'POST', body: act }),
  acts: (acts: PairingActs) => call(ActReport, '/api/pairings/acts', { method: 'POST', body: acts }),
  remove: (id: string, version: number) =>
    call(z.object({}), `/api/pairings/${id}?version=${version}`, { method: 'DELETE' }),
  bulk: (bulk: PairingBulk): Promise<BulkReport> =>
    call(BulkReportSchema, '/api/pairings/bulk', { method: 'POST', body: bulk }),
  duplicate: (wish: PairingDuplicate): Promise<BulkReport> =>
    call(BulkReportSchema, '/api/pairings/duplicates', { method: 'POST', body: wish }),
};
