import { useQuery } from '@tanstack/react-query';
import { AuditAlarm, AuditChain } from '#protocol/audit.ts';
import { call } from '../api/call.ts';

const ALARM_EVERY_MS = 60_000;

export const useAuditChain = () =>
  useQuery({ queryKey: ['audit', 'chain'], queryFn: () => call(AuditChain, '/api/audit/chain') });

/** Whether the platform can write its audit; asked again every minute by those who can do something about it. */
export const useAuditAlarm = (asks: boolean) =>
  useQuery({
    queryKey: ['audit', 'alarm'],
    queryFn: () => call(AuditAlarm, '/api/audit/alarm'),
    enabled: asks,
    refetchInterval: ALARM_EVERY_MS,
  });
