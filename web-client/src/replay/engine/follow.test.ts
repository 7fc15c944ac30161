import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { follow } from './follow.ts';

test('a follower in step runs as fast as its leader', () => {
  expect(follow(10, 10.02, 1.5)).toEqual({ seekTo: null, playbackRate: 1.5 });
});

test('a follower that is behind hurries, one ahead slows down', () => {
  expect(follow(10, 9.9, 1).playbackRate).toBeGreaterThan(1);
  expect(follow(10, 10.1, 1).playbackRate).toBeLessThan(1);
});

test('a follower far off jumps to its leader', () => {
  expect(follow(10, 10.31, 2)).toEqual({ seekTo: 10, playbackRate: 2 });
  expect(follow(10, 0, 1).seekTo).toBe(10);
});

test('from any small difference a follower comes within 40 ms in two seconds, and stays', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -0.3, max: 0.3, noNaN: true }),
      fc.constantFrom(0.75, 1, 1.25, 1.5, 2),
      (offset, rate) => {
        const step = 0.25;
        let leader = 100;
        let follower = leader + offset;
        for (let at = 0; at < 6; at += step) {
          const { playbackRate } = follow(leader, follower, rate);
          leader += rate * step;
          follower += playbackRate * step;
        }
        return Math.abs(follower - leader) <= 0.041;
      },
    ),
  );
});
