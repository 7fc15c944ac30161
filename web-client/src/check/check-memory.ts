import { z } from 'zod';
import { CheckResult } from '#protocol/quality.ts';
import type { Finding } from './findings.ts';

const key = (accountId: string) => `check.${accountId}`;

const Remembered = z.object({
  at: z.number(),
  findings: z.array(z.object({ result: CheckResult, detail: z.record(z.string(), z.number()) })),
});

export interface RememberedCheck {
  /** Wall ms of this machine. */
  readonly at: number;
  readonly findings: readonly Finding[];
}

/** What the room of this account found the last time, on this machine; null when nothing, or nothing readable. */
export function rememberedCheck(accountId: string): RememberedCheck | null {
  const text = localStorage.getItem(key(accountId));
  if (!text) return null;
  try {
    return Remembered.parse(JSON.parse(text));
  } catch {
    // Of an older page, or somebody's own doing: a check is soon made again.
    return null;
  }
}

export function rememberCheck(accountId: string, findings: readonly Finding[]): void {
  localStorage.setItem(key(accountId), JSON.stringify({ at: Date.now(), findings }));
}
