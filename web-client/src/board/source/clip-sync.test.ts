import { describe, expect, test } from '@jest/globals';
import { correction, positionAt } from './clip-sync.ts';

describe('a clip', () => {
  test('goes on with the server’s clock while it plays, and stands where it was paused', () => {
    const clip = { positionMs: 2_000, at: 10_000 };
    expect(positionAt({ ...clip, playing: true }, 11_500)).toBe(3_500);
    expect(positionAt({ ...clip, playing: false }, 11_500)).toBe(2_000);
  });

  test('is nudged when it is a little off, and jumps when it is far off', () => {
    expect(correction(1_000, 1_050, true)).toEqual({ kind: 'none' });
    expect(correction(1_000, 1_300, true)).toEqual({ kind: 'rate', rate: 1.1 });
    expect(correction(1_300, 1_000, true)).toEqual({ kind: 'rate', rate: 0.9 });
    expect(correction(1_000, 3_000, true)).toEqual({ kind: 'seek', toMs: 3_000 });
    expect(correction(1_000, 1_200, false)).toEqual({ kind: 'seek', toMs: 1_200 });
  });
});
