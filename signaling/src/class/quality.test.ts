import { expect, test } from '@jest/globals';
import { privateTo } from '#protocol/audience.ts';
import { applyEvent, initialState, type LiveState } from '#protocol/live-state.ts';
import type { QualitySample } from '#protocol/quality.ts';
import type { EventBody } from '#protocol/timeline.ts';
import { checkFinished, qualitySampled } from './quality.ts';

const ROOM = 'r'.repeat(22);
const ACCOUNT = 'a'.repeat(22);
const FINE: QualitySample = {
  light: 'green',
  upKbps: 1_500,
  downKbps: 1_800,
  lossPercent: 0.2,
  rttMs: 30,
  framesPerSecond: 25,
  width: 1280,
  height: 720,
  hears: true,
  cause: null,
};
const FROZEN: QualitySample = { ...FINE, light: 'red', framesPerSecond: 0, cause: 'SEES_NOTHING' };
const CHECK = [{ item: 'mic', light: 'red', code: 'MIC_SILENT' }] as const;

function after(state: LiveState, bodies: readonly EventBody[], at: number): LiveState {
  return bodies.reduce((now, body) => applyEvent(now, { seq: now.seq + 1, at, mediaMs: null, body }), state);
}
const empty = initialState('l'.repeat(22));

test('keeps the first sample, each change of light, and one of the same every 15 s', () => {
  let state = empty;
  const kept: number[] = [];
  for (let at = 0; at <= 40_000; at += 5_000) {
    const bodies = qualitySampled(state, ROOM, at === 20_000 ? FROZEN : FINE, at);
    if (bodies.length > 0) kept.push(at);
    state = after(state, bodies, at);
  }
  expect(kept).toEqual([0, 15_000, 20_000, 25_000, 40_000]);
  expect(state.quality.samples.get(ROOM)).toMatchObject({ light: 'green', at: 40_000 });
});

test('does not keep every flicker', () => {
  const state = after(empty, qualitySampled(empty, ROOM, FINE, 1_000), 1_000);
  expect(qualitySampled(state, ROOM, FROZEN, 1_500)).toEqual([]);
  expect(qualitySampled(state, ROOM, FROZEN, 3_000)).toHaveLength(1);
});

test('another trouble of the same light is told too', () => {
  const state = after(empty, qualitySampled(empty, ROOM, FROZEN, 0), 0);
  expect(qualitySampled(state, ROOM, { ...FROZEN, cause: 'HEARS_NOTHING' }, 5_000)).toHaveLength(1);
});

test('a room that left has no light; its check stays', () => {
  const who = { participantId: ROOM, accountId: ACCOUNT };
  let state = after(empty, qualitySampled(empty, ROOM, FINE, 0), 0);
  state = after(state, checkFinished(state, who, CHECK, 10), 10);
  state = after(state, [{ type: 'participant.left', participantId: ROOM, reason: 'left' }], 20);
  expect(state.quality.samples.size).toBe(0);
  expect(state.quality.checks.get(ACCOUNT)).toEqual({ at: 10, items: CHECK });
});

test('a check is told at most once a second', () => {
  const who = { participantId: ROOM, accountId: ACCOUNT };
  const state = after(empty, checkFinished(empty, who, CHECK, 5_000), 5_000);
  expect(() => checkFinished(state, who, CHECK, 5_500)).toThrow('just now');
  expect(checkFinished(state, who, CHECK, 6_500)).toHaveLength(1);
});

test('both are for the teacher’s side alone', () => {
  const who = { participantId: ROOM, accountId: ACCOUNT };
  const bodies = [...qualitySampled(empty, ROOM, FINE, 0), ...checkFinished(empty, who, CHECK, 0)];
  for (const body of bodies) expect(privateTo(body)).toEqual([]);
});
