import type { TFunction } from 'i18next';
import type { AuditEntry, AuditResult } from '#protocol/audit.ts';
import { schoolTimeZone } from '../ui/time-zone.ts';

export const TONE: Record<AuditResult, string> = { ok: 'default', refused: 'warning', failed: 'error' };

/** By the school's clocks, to the second. */
export const timeOf = (at: number): string =>
  new Intl.DateTimeFormat('zh-CN', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: schoolTimeZone(),
  }).format(at);

/** What comes from nobody's address the platform did itself. */
export const whoOf = ({ accountName, address }: AuditEntry, t: TFunction): string =>
  accountName || t(address === '' ? 'audit.platform' : 'audit.nobody');
