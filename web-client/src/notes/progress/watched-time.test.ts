import { expect, test } from '@jest/globals';
import { WatchedTime } from './watched-time.ts';

test('what was played is counted, at any speed; jumps and standing still are not', () => {
  const watched = new WatchedTime();
  watched.look(0, true, 1);
  watched.look(1_000, true, 1);
  watched.look(1_000, true, 1);
  watched.look(600_000, true, 1);
  watched.look(601_000, true, 1);
  watched.look(10_000, true, 1);
  watched.look(16_000, true, 3);
  watched.look(17_000, false, 3);
  expect(watched.take()).toBe(8_000);
  expect(watched.take()).toBe(0);
  watched.giveBack(500);
  expect(watched.take()).toBe(500);
});
