import type { AuditProblem } from '#protocol/audit.ts';

/** What a person reads of one problem, in both languages. */
export function problemText(problem: AuditProblem): string {
  switch (problem.kind) {
    case 'changed':
      return `row ${problem.seq} was changed / 第 ${problem.seq} 行被改动`;
    case 'missing':
      return `rows ${problem.from} to ${problem.to} are missing / 第 ${problem.from} 到 ${problem.to} 行被删除`;
    case 'misplaced':
      return `row ${problem.seq} does not follow on the one before it: that one was exchanged, or this one put in / 第 ${problem.seq} 行与前一行接不上：前一行被换掉，或这一行是插进来的`;
    case 'exchanged':
      return `row ${problem.seq} is another one than stood here once / 第 ${problem.seq} 行不是原来的那一行`;
    case 'cutOff':
      return `the newest rows ${problem.from} to ${problem.to} are gone / 最新的第 ${problem.from} 到 ${problem.to} 行被截掉`;
  }
}
