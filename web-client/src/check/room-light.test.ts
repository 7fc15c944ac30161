import { expect, test } from '@jest/globals';
import type { LiveState } from '#protocol/live-state.ts';
import type { Light, QualitySample } from '#protocol/quality.ts';
import { result } from './judge/verdicts.ts';
import { roomLight } from './room-light.ts';

const ROOM = { accountId: 'a', participantId: 'p', presence: 'here' } as const;
const sample = (light: Light): QualitySample & { at: number } => ({
  at: 100_000,
  light,
  upKbps: 1,
  downKbps: 1,
  lossPercent: 0,
  rttMs: 1,
  framesPerSecond: 25,
  width: 1280,
  height: 720,
  hears: true,
  cause: null,
});
const live = (state: LiveState['state'], light: Light | null, mic: 'OK' | 'MIC_SILENT' | null) => ({
  state,
  recordingStatus: null,
  quality: {
    samples: new Map(light ? [['p', sample(light)]] : []),
    checks: new Map(mic ? [['a', { at: 1, items: [result('mic', mic)] }]] : []),
  },
});

test('before the bell the worse of check and line speaks; once it runs, how it runs', () => {
  expect(roomLight(live('open', 'green', 'MIC_SILENT'), ROOM, 100_000)).toMatchObject({
    light: 'red',
    of: 'check',
  });
  expect(roomLight(live('live', 'green', 'MIC_SILENT'), ROOM, 100_000)).toMatchObject({
    light: 'green',
    of: 'lesson',
  });
  expect(roomLight(live('open', 'amber', 'OK'), ROOM, 100_000)).toMatchObject({
    light: 'amber',
    of: 'lesson',
  });
});

test('a room that has checked itself has a light before it comes', () => {
  const absent = { ...ROOM, participantId: null, presence: 'absent' } as const;
  expect(roomLight(live('scheduled', null, 'OK'), absent, 0)).toMatchObject({ light: 'green', of: 'check' });
  expect(roomLight(live('scheduled', null, null), absent, 0)).toMatchObject({ light: 'off', of: 'absent' });
});

test('a light that is old, or of a room that is away, is none', () => {
  expect(roomLight(live('live', 'green', null), ROOM, 200_000)).toMatchObject({
    light: 'off',
    of: 'unknown',
  });
  const away = { ...ROOM, presence: 'away' } as const;
  expect(roomLight(live('live', 'green', null), away, 100_000)).toMatchObject({ light: 'off', of: 'away' });
});
