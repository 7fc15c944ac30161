import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import { call } from '../api/call.ts';

const Rows = z.array(z.unknown());

/** Whether somebody who keeps a directory has nothing in it yet: the guide is what they need first. */
export function useNothingYet(account: Account): boolean {
  const { role, accountId } = account;
  const mayBegin = scopeOf(role, 'directory.edit') !== null;
  const places = useQuery({
    queryKey: ['guide', 'begun', accountId],
    queryFn: () => call(Rows, '/api/organizations'),
    enabled: mayBegin,
  });
  const alone = places.data?.length === 1;
  const pairings = useQuery({
    queryKey: ['guide', 'begun', accountId, 'pairings'],
    queryFn: () => call(Rows, '/api/pairings'),
    enabled: alone,
  });
  return alone && pairings.data?.length === 0;
}
