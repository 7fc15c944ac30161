import { expect, test } from '@jest/globals';
import { OPUS_SILENCE, OPUS_SILENCE_TICKS } from '../write/stand-ins.ts';
import { opusDuration } from './opus.ts';

test.each([
  ['SILK 10 ms', [0 << 3], 480],
  ['SILK 60 ms', [3 << 3], 2_880],
  ['hybrid 20 ms', [13 << 3], 960],
  ['CELT 2.5 ms', [16 << 3], 120],
  ['CELT 20 ms, two frames', [(31 << 3) | 1], 1_920],
  ['CELT 20 ms, three frames', [(31 << 3) | 3, 3], 2_880],
  ['nothing', [], 0],
])('%s', (_name, bytes, ticks) => {
  expect(opusDuration(Buffer.from(bytes))).toBe(ticks);
});

test('the silence is as long as it says', () => {
  expect(opusDuration(OPUS_SILENCE)).toBe(OPUS_SILENCE_TICKS);
});
