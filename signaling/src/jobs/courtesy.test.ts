import { expect, test } from '@jest/globals';
import { Courtesy, type CpuTimes, cpuTimes, mustWait, shareBetween } from './courtesy.ts';

test('the share of others is counted without idle and niced time', () => {
  expect(shareBetween({ busy: 100, total: 1000 }, { busy: 400, total: 2000 })).toBe(0.3);
  expect(shareBetween({ busy: 1, total: 5 }, { busy: 1, total: 5 })).toBe(0);
  const { busy, total } = cpuTimes();
  expect(busy).toBeLessThanOrEqual(total);
});

test.each([
  [false, false, 1, false],
  [true, false, 1, false],
  [false, true, 0.6, false],
  [false, true, 0.8, true],
  [true, true, 0.6, true],
  [true, true, 0.4, false],
])('standing %p, a lesson live %p, others use %p: waits %p', (standing, live, share, waits) => {
  expect(mustWait(standing, live, share)).toBe(waits);
});

test('work stands still while a live lesson needs the machine, and goes on after the bell', async () => {
  let live = true;
  const readings: CpuTimes[] = [0, 90, 150, 240].map((busy, index) => ({ busy, total: index * 100 }));
  const courtesy = new Courtesy(
    async () => live,
    () => readings.shift()!,
  );
  expect(await courtesy.look()).toBe(true);
  expect(await courtesy.look()).toBe(true);
  live = false;
  expect(await courtesy.look()).toBe(false);
});
