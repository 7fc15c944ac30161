import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { follow, JUMP_S } from './follow.ts';

test('a follower in step runs as fast as its leader', () => {
  expect(follow(10, 10.02, 1.5)).toEqual({ seekTo: null, playbackRate: 1.5 });
});

test('a follower that is behind hurries, one ahead slows down', () => {
  expect(follow(10, 9.9, 1).playbackRate).toBeGreaterThan(1);
  // Once hurrying it hurries until it is there.
  expect(follow(10, 9.98, 1).playbackRate).toBe(1);
  expect(follow(10, 9.98, 1, true).playbackRate).toBeGreaterThan(1);
  expect(follow(10, 10.1, 1).playbackRate).toBeLessThan(1);
});

test('a follower far off jumps to its leader', () => {
  expect(follow(10, 10.31, 2)).toEqual({ seekTo: 10, playbackRate: 2 });
  expect(follow(10, 0, 1).seekTo).toBe(10);
});

test('from any small difference a follower comes within 40 ms in six seconds of the lesson, and stays', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -0.3, max: 0.3, noNaN: true }),
      fc.constantFrom(0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3),
      (offset, rate) => {
        const step = 0.25;
        let leader = 100;
        let follower = leader + offset;
        for (let at = 0; at < 6 / Math.min(1, rate); at += step) {
          const { playbackRate } = follow(leader, follower, rate);
          leader += rate * step;
          follower += playbackRate * step;
        }
        return Math.abs(follower - leader) <= 0.041;
      },
    ),
  );
});

test('over 45 minutes with stalls, jumps and clocks that drift, feeds stay within 100 ms and voices within 45', () => {
  fc.assert(
    fc.property(
      // Parts per million by which a decoder's clock is off; when the follower had nothing to play.
      fc.double({ min: -500, max: 500, noNaN: true }),
      fc.array(fc.integer({ min: 20, max: 2_600 }), { maxLength: 6 }),
      fc.constantFrom(0.5, 1, 2, 3),
      (drift, stalls, rate) => {
        const step = 0.2;
        let follower = 0;
        let since = 0;
        let speed: number = rate;
        let [worst, far] = [0, 0];
        for (let leader = 0; leader < 45 * 60; leader += step * rate) {
          if (stalls.some((at) => leader >= at && leader < at + 2 * rate)) {
            since = 0;
            continue;
          }
          since += step;
          const nudged = speed !== rate;
          const { seekTo, playbackRate } = follow(leader, follower, rate, nudged);
          speed = playbackRate;
          follower = (seekTo ?? follower) + playbackRate * (1 + drift / 1e6) * step;
          // Two seconds after a stall it is back in step; from then on it stays there.
          if (since > 2) worst = Math.max(worst, Math.abs(follower - leader - step * rate));
          if (since > 0.5) far = Math.max(far, Math.abs(follower - leader - step * rate));
        }
        return worst <= 0.045 && far <= JUMP_S;
      },
    ),
    { numRuns: 6 },
  );
});
