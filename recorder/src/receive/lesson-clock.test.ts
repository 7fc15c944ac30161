import { describe, expect, test } from '@jest/globals';
import { LessonClock } from './lesson-clock.ts';

const RATE = 90_000;
const FRAME_MS = 33.333;

/** A repeatable 0..1. */
function random(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Feeds `seconds` of frames; returns the largest error of the mapping after the first 8 s, in ms. */
function run(
  clock: LessonClock,
  seconds: number,
  { ppm = 0, jitterMs = 30, firstTimestamp = 0, from = 0 } = {},
): number {
  const dice = random(7);
  let worst = 0;
  for (let sent = 0; sent < seconds * 1_000; sent += FRAME_MS) {
    const timestamp = Math.floor(firstTimestamp + (sent * RATE * (1 + ppm / 1e6)) / 1_000) >>> 0;
    clock.observe(timestamp, from + sent + dice() ** 2 * jitterMs);
    if (sent > 8_000) worst = Math.max(worst, Math.abs(clock.map(timestamp) - (from + sent)));
  }
  return worst;
}

describe('LessonClock', () => {
  test('sees through jitter', () => {
    expect(run(new LessonClock(RATE), 60)).toBeLessThan(8);
  });

  test('two streams of one participant stay within 20 ms of each other', () => {
    const video = new LessonClock(RATE);
    const audio = new LessonClock(48_000);
    const dice = random(3);
    let worst = 0;
    for (let sent = 0; sent < 60_000; sent += 20) {
      audio.observe((sent * 48 + 123_456) >>> 0, sent + dice() ** 2 * 60);
      if (sent % 40 === 0) video.observe((sent * 90 + 4e9) >>> 0, sent + dice() ** 2 * 60);
      if (sent < 8_000) continue;
      worst = Math.max(
        worst,
        Math.abs(audio.map((sent * 48 + 123_456) >>> 0) - video.map((sent * 90 + 4e9) >>> 0)),
      );
    }
    expect(worst).toBeLessThan(20);
  });

  test('follows a sender whose clock is 50 ppm off for an hour', () => {
    expect(run(new LessonClock(RATE), 3_600, { ppm: 50 })).toBeLessThan(10);
    expect(run(new LessonClock(RATE), 3_600, { ppm: -50 })).toBeLessThan(10);
  });

  test('goes on when the timestamp wraps', () => {
    expect(run(new LessonClock(RATE), 30, { firstTimestamp: 2 ** 32 - 12 * RATE })).toBeLessThan(8);
  });

  test('anchors anew when timestamps restart', () => {
    const clock = new LessonClock(RATE);
    run(clock, 10);
    expect(run(clock, 20, { firstTimestamp: 3_000_000_000, from: 10_000 })).toBeLessThan(8);
  });

  test('a stalled line is no jump, a clock that stays 600 ms behind is', () => {
    const clock = new LessonClock(RATE);
    run(clock, 10, { jitterMs: 0 });
    // One second of frames arrives 800 ms late.
    for (let sent = 10_000; sent < 11_000; sent += 40) clock.observe(sent * 90, sent + 800);
    expect(clock.map(11_000 * 90)).toBeCloseTo(11_000, -1);
    for (let sent = 11_000; sent < 12_000; sent += 40) clock.observe(sent * 90, sent);
    expect(clock.map(12_000 * 90)).toBeCloseTo(12_000, -1);
    for (let sent = 12_000; sent < 16_000; sent += 40) clock.observe(sent * 90, sent + 600);
    expect(clock.map(16_000 * 90)).toBeCloseTo(16_600, -1);
  });
});
