import { expect, test } from '@jest/globals';
import { initialState, type LiveState } from '#protocol/live-state.ts';
import { moodOf, recordedMs } from './recorded.ts';

const live = (directing: Partial<LiveState['directing']>, recording: LiveState['recording']): LiveState => {
  const state = initialState('l');
  return { ...state, state: 'live', recording, directing: { ...state.directing, ...directing } };
};
const RECORDING = { recordingId: 'r', epochMs: 1_000, trouble: null };

test('what stood still is not recorded', () => {
  expect(recordedMs(live({}, RECORDING), 61_000)).toBe(60_000);
  const holds = [{ from: 11_000, to: 21_000 }];
  expect(recordedMs(live({ holds }, RECORDING), 61_000)).toBe(50_000);
  expect(recordedMs(live({ holds, heldAt: 31_000 }, RECORDING), 61_000)).toBe(20_000);
  expect(recordedMs(live({}, null), 61_000)).toBe(0);
});

test('how it is, at one look', () => {
  expect(moodOf(live({}, RECORDING), true)).toBe('on');
  expect(moodOf(live({ heldAt: 2_000 }, RECORDING), true)).toBe('held');
  expect(moodOf(live({}, { ...RECORDING, trouble: 'NO_RECORDER' }), true)).toBe('trouble');
  expect(moodOf(live({}, null), false)).toBe('off');
  expect(moodOf({ ...live({}, null), state: 'open' }, true)).toBe('waiting');
  expect(moodOf({ ...live({ asked: true }, null), state: 'open' }, false)).toBe('waiting');
});
