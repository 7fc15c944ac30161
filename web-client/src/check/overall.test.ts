import { expect, test } from '@jest/globals';
import type { CheckCode, CheckItem } from '#protocol/quality.ts';
import { result } from './judge/verdicts.ts';
import { ofGroup, overallOf, worstOf } from './overall.ts';

const known = (...codes: [CheckItem, CheckCode][]) =>
  new Map(codes.map(([item, code]) => [item, { result: result(item, code), detail: {} }]));
const whole = (rate: CheckCode, mic: CheckCode = 'OK') =>
  known(['camera', 'OK'], ['mic', mic], ['loop', 'OK'], ['udp', 'OK'], ['tcp', 'OK'], ['rate', rate]);
const still = { running: null, waiting: [] };

test('is as good as its worst item, and counts those', () => {
  expect(overallOf({ ...still, findings: whole('OK') })).toEqual({ state: 'done', light: 'green', count: 6 });
  expect(overallOf({ ...still, findings: whole('LOSS') })).toEqual({
    state: 'done',
    light: 'amber',
    count: 1,
  });
  expect(overallOf({ ...still, findings: whole('LOSS', 'MIC_SILENT') })).toMatchObject({
    light: 'red',
    count: 1,
  });
});

test('says when it runs, was stopped, or was never made', () => {
  const running = { group: 'mic', progress: 0 } as const;
  expect(overallOf({ running, waiting: [], findings: whole('OK') })).toEqual({ state: 'running' });
  expect(overallOf({ ...still, findings: new Map() })).toEqual({ state: 'none' });
  expect(overallOf({ ...still, findings: known(['camera', 'OK']) })).toEqual({ state: 'stopped' });
});

test('the lines are one group, and the worst of them speaks for it', () => {
  const lines = ofGroup(whole('DELAY'), 'network');
  expect(lines.map(({ result: { item } }) => item)).toEqual(['udp', 'tcp', 'rate']);
  expect(worstOf(lines)?.result.code).toBe('DELAY');
  expect(worstOf([])).toBeNull();
});
