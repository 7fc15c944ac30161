import { expect, test } from '@jest/globals';
import { freshStall, STALL_MS, type StallState, watchStall } from './stall.ts';

/** Samples every 2 s; `progress` by sample. */
function watch(samples: number[], expected: (index: number) => boolean = () => true) {
  let state: StallState = freshStall(0);
  return samples.map((progress, index) => {
    const step = watchStall(state, progress, expected(index), index * 2_000);
    state = step.state;
    return step.stalled ? step.action : 'flows';
  });
}

test('a feed whose count grows flows', () => {
  expect(new Set(watch([0, 60, 120, 180]))).toEqual(new Set(['flows']));
});

test('one that stands still is refreshed, then made again, then ever more rarely', () => {
  const steps = watch([60, ...Array.from({ length: 30 }, (_, index) => (index < 4 ? 60 : 0))]);
  const acted = steps.flatMap((step, index) =>
    step === 'refresh' || step === 'recreate' ? [[index * 2, step]] : [],
  );
  expect(acted[0]).toEqual([4, 'refresh']);
  expect(acted[1]).toEqual([8, 'recreate']);
  const times = acted.map(([seconds]) => seconds as number);
  const waits = times.slice(1).map((time, index) => time - times[index]!);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
});

test('the zero of a new consumer is not progress, its first frame is', () => {
  let state: StallState = { progress: 0, progressAt: 0, attempts: 2, attemptAt: STALL_MS };
  expect(watchStall(state, 0, true, STALL_MS + 1_000).stalled).toBe(true);
  const step = watchStall(state, 1, true, STALL_MS + 1_000);
  state = step.state;
  expect(step).toMatchObject({ stalled: false, action: 'none' });
  expect(state.attempts).toBe(0);
});

test('while nothing can come, nothing is stalled, and the time does not count', () => {
  expect(new Set(watch([9, 9, 9, 9, 9, 9], () => false))).toEqual(new Set(['flows']));
  expect(watch([9, 9, 9, 9, 9], (index) => index > 3)).toEqual(Array(5).fill('flows'));
});
