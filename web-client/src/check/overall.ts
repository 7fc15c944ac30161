import type { CheckItem, Light } from '#protocol/quality.ts';
import type { CheckSnapshot } from './check-run.ts';
import { type CheckGroup, type Finding, GROUPS, groupOf } from './findings.ts';
import { worst } from './judge/verdicts.ts';

/** A check as one look: running, stopped half-way, not made yet, or the light of it all and how many items have it. */
export type Overall =
  | { state: 'running' | 'stopped' | 'none' }
  | { state: 'done'; light: Light; count: number };

export function overallOf({ running, findings }: CheckSnapshot): Overall {
  if (running) return { state: 'running' };
  if (findings.size === 0) return { state: 'none' };
  if (!GROUPS.every((group) => ofGroup(findings, group).length > 0)) return { state: 'stopped' };
  const lights = [...findings.values()].map(({ result }) => result.light);
  const light = worst(lights)!;
  return { state: 'done', light, count: lights.filter((it) => it === light).length };
}

export function ofGroup(findings: ReadonlyMap<CheckItem, Finding>, group: CheckGroup): Finding[] {
  return [...findings.values()].filter(({ result }) => groupOf(result.item) === group);
}

/** What is worst in a group; the first of equals. Null while nothing is known. */
export function worstOf(found: readonly Finding[]): Finding | null {
  const light = worst(found.map(({ result }) => result.light));
  return found.find(({ result }) => result.light === light) ?? null;
}
