import { describe, expect, test } from '@jest/globals';
import { ShownTime } from './shown-time.ts';

const id = (letter: string) => letter.repeat(22);
const clip = (recording: string, fromMs: number, toMs: number) => ({
  recordingId: id(recording),
  lessonId: id(recording),
  fromMs,
  toMs,
  title: null,
});

test('without clips the time on the bar is the lesson’s', () => {
  for (const shown of [new ShownTime(id('r'), null), new ShownTime(id('r'), [])]) {
    expect(shown.lengthOf(90_000)).toBe(90_000);
    expect(shown.momentAt(5_000)).toEqual({ recordingId: id('r'), ms: 5_000, clip: 0 });
    expect(shown.shownAt(id('r'), 5_000)).toBe(5_000);
    expect(shown.within({ clip: 0, ms: 7_000 })).toBe(7_000);
  }
});

describe('with clips of two recordings', () => {
  const shown = new ShownTime(id('r'), [
    clip('r', 10_000, 20_000),
    clip('r', 50_000, 60_000),
    clip('s', 0, 5_000),
  ]);

  test('what is cut out takes no time', () => {
    expect(shown.lengthOf(90_000)).toBe(25_000);
    expect(shown.momentAt(12_000)).toEqual({ recordingId: id('r'), ms: 52_000, clip: 1 });
    expect(shown.momentAt(21_000)).toEqual({ recordingId: id('s'), ms: 1_000, clip: 2 });
    expect(shown.shownAt(id('r'), 30_000)).toBeNull();
    expect(shown.within({ clip: 1, ms: 55_000 })).toBe(15_000);
    expect(shown.within({ clip: 1, ms: 99_000 })).toBe(20_000);
  });

  test('a moment that was cut out leads to where it goes on', () => {
    expect(shown.nearest(id('r'), 15_000)).toEqual({ recordingId: id('r'), ms: 15_000, clip: 0 });
    expect(shown.nearest(id('r'), 30_000)).toEqual({ recordingId: id('r'), ms: 50_000, clip: 1 });
    expect(shown.nearest(id('r'), 70_000)).toBeNull();
    expect(shown.beginOf(2)).toEqual({ recordingId: id('s'), ms: 0, clip: 2 });
    expect(shown.beginOf(3)).toBeNull();
  });
});
