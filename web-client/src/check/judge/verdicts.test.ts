import { expect, test } from '@jest/globals';
import { CheckCode, CheckResults } from '#protocol/quality.ts';
import type { ChirpFound } from './chirp.ts';
import {
  judgeLevel,
  judgeLine,
  judgeLoop,
  judgePaths,
  judgePicture,
  judgeRate,
  type RateFacts,
  result,
  worst,
} from './verdicts.ts';

const PICTURE = { width: 1280, height: 720, brightness: 120, contrast: 40, changed: 9, compared: 10 };

test('a camera: fine, covered, standing still, dark, small', () => {
  expect(judgePicture(PICTURE)).toBe('OK');
  expect(judgePicture({ ...PICTURE, brightness: 3, contrast: 1 })).toBe('CAMERA_BLACK');
  expect(judgePicture({ ...PICTURE, brightness: 3, contrast: 0, changed: 0 })).toBe('CAMERA_BLACK');
  expect(judgePicture({ ...PICTURE, changed: 0 })).toBe('CAMERA_FROZEN');
  expect(judgePicture({ ...PICTURE, width: 0, height: 0, compared: 0, changed: 0 })).toBe('CAMERA_FROZEN');
  expect(judgePicture({ ...PICTURE, brightness: 30 })).toBe('CAMERA_DARK');
  expect(judgePicture({ ...PICTURE, width: 320, height: 240 })).toBe('CAMERA_SMALL');
});

test('a microphone: fine, dead, too loud; quiet only when somebody was asked to speak', () => {
  const level = { peakDb: -12, rmsDb: -30, clippedShare: 0 };
  expect(judgeLevel(level, true)).toBe('OK');
  expect(judgeLevel({ ...level, peakDb: -100 }, true)).toBe('MIC_SILENT');
  expect(judgeLevel({ ...level, peakDb: -100 }, false)).toBe('MIC_SILENT');
  expect(judgeLevel({ ...level, peakDb: -55 }, true)).toBe('MIC_QUIET');
  expect(judgeLevel({ ...level, peakDb: -55 }, false)).toBe('OK');
  expect(judgeLevel({ ...level, peakDb: 0, clippedShare: 0.05 }, false)).toBe('MIC_CLIPPING');
});

test('the loop: not heard, faint, howling, echoing, fine', () => {
  const heard = (gainDb: number): ChirpFound => ({ heard: true, atMs: 300, gainDb, score: 40 });
  const nothing: ChirpFound = { heard: false, atMs: 0, gainDb: -70, score: 3 };
  const level = { peakDb: -20, rmsDb: -40, clippedShare: 0 };
  const judge = (plain: ChirpFound, cleaned: ChirpFound) => judgeLoop(plain, cleaned, level);
  expect(judge(heard(-25), nothing)).toBe('OK');
  expect(judge(heard(-25), heard(-60))).toBe('OK');
  expect(judge(nothing, nothing)).toBe('LOOP_NOT_HEARD');
  expect(judgeLoop(nothing, nothing, { ...level, peakDb: -100 })).toBe('LOOP_NO_MIC');
  expect(judge(heard(-52), nothing)).toBe('LOOP_FAINT');
  expect(judge(heard(-2), nothing)).toBe('LOOP_HOWL');
  expect(judge(heard(-25), heard(-28))).toBe('LOOP_ECHO');
});

test('one open way is enough; none at all is red everywhere', () => {
  expect(judgePaths({ udp: true, tcp: true, turn: null })).toEqual([
    result('udp', 'OK'),
    result('tcp', 'OK'),
  ]);
  expect(judgePaths({ udp: false, tcp: true, turn: null })[0]).toEqual({
    item: 'udp',
    light: 'amber',
    code: 'UDP_BLOCKED',
  });
  expect(judgePaths({ udp: false, tcp: false, turn: true }).map(({ light }) => light)).toEqual([
    'amber',
    'amber',
    'green',
  ]);
  for (const turn of [null, false])
    for (const { light } of judgePaths({ udp: false, tcp: false, turn })) expect(light).toBe('red');
});

const RATE: RateFacts = {
  sentKbps: 2_000,
  availableKbps: 2_400,
  receivedKbps: 1_950,
  lossUpPercent: 0,
  lossDownPercent: 0.2,
  rttMs: 30,
};

test('the line: what is short, in the order of what stops a lesson', () => {
  expect(judgeRate(RATE)).toBe('OK');
  expect(judgeRate({ ...RATE, sentKbps: 0, receivedKbps: 0 })).toBe('RATE_UNKNOWN');
  expect(judgeRate({ ...RATE, sentKbps: 200, availableKbps: 210, receivedKbps: 200 })).toBe('UP_TOO_SLOW');
  expect(judgeRate({ ...RATE, sentKbps: 700, availableKbps: 720, receivedKbps: 700 })).toBe('UP_SLOW');
  expect(judgeRate({ ...RATE, receivedKbps: 200, lossDownPercent: 60 })).toBe('DOWN_TOO_SLOW');
  expect(judgeRate({ ...RATE, receivedKbps: 900, lossDownPercent: 40 })).toBe('DOWN_SLOW');
  expect(judgeRate({ ...RATE, lossUpPercent: 4 })).toBe('LOSS');
  expect(judgeRate({ ...RATE, lossDownPercent: 15 })).toBe('LOSS_HEAVY');
  expect(judgeRate({ ...RATE, rttMs: 350 })).toBe('DELAY');
  expect(judgeRate({ ...RATE, rttMs: 900 })).toBe('DELAY_HEAVY');
});

test('a machine too small to fill the line does not make the line slow', () => {
  expect(judgeRate({ ...RATE, sentKbps: 400, receivedKbps: 390, availableKbps: 2_000 })).toBe('OK');
});

test('loss and delay that nobody knows are not held against a line', () => {
  expect(judgeLine(null, null)).toBeNull();
});

test('the worst light stands for all', () => {
  expect(worst([])).toBeNull();
  expect(worst(['green', 'amber', 'green'])).toBe('amber');
  expect(worst(['amber', 'red', 'green'])).toBe('red');
});

test('only OK is green, and results are what the protocol takes', () => {
  for (const code of CheckCode.options) expect(result('rate', code).light === 'green').toBe(code === 'OK');
  expect(CheckResults.safeParse([result('udp', 'OK'), result('udp', 'OK')]).success).toBe(false);
  expect(CheckResults.safeParse([result('udp', 'OK'), result('tcp', 'NO_PATH')]).success).toBe(true);
});
