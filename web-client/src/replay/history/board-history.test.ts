import { describe, expect, test } from '@jest/globals';
import { pageShown } from '#protocol/board.ts';
import { packInk } from '#protocol/ink.ts';
import type { EventBody, TimelineEvent } from '#protocol/timeline.ts';
import { BoardHistory } from './board-history.ts';

const id = (letter: string) => letter.repeat(22);
const by = { byParticipantId: id('t') };
const blank = (letter: string) => ({ pageId: id(letter), aspect: 1.6, source: { kind: 'blank' as const } });
/** A stroke of 20 points that took `ms`. */
const stroke = (ms: number, y = 0.2) => ({
  kind: 'pen' as const,
  color: 'black' as const,
  width: 4,
  ink: packInk(
    Array.from({ length: 20 }, (_, at) => ({ x: 0.1 + at / 40, y, pressure: 0.5, t: (ms * at) / 19 })),
  ),
});
const drawn = (letter: string, ...marks: ReturnType<typeof stroke>[]): EventBody => ({
  type: 'board.drawn',
  pageId: id(letter),
  participantId: id('t'),
  marks,
});
const log = (...entries: [number | null, EventBody][]): TimelineEvent[] =>
  entries.map(([mediaMs, body], index) => ({ seq: index + 1, at: 9_999_999, mediaMs, body }));
const historyOf = (events: readonly TimelineEvent[]) => {
  const history = new BoardHistory();
  history.extend(events);
  return history;
};
const begun = (...more: [number | null, EventBody][]) =>
  log(
    [null, { type: 'board.pagesAdded', pages: [blank('1'), blank('2')], index: 0 }],
    [null, { type: 'board.turned', pageId: id('1'), ...by }],
    [1_000, { type: 'board.shown', shown: true, ...by }],
    ...more,
  );
const ids = (history: BoardHistory, timeMs: number) =>
  pageShown(history.at(timeMs))?.items.map((item) => item.id);

describe('the board of a recorded lesson', () => {
  const history = historyOf(
    begun(
      [5_000, drawn('1', stroke(2_000))],
      [10_000, { type: 'board.turned', pageId: id('2'), ...by }],
      [12_000, drawn('2', stroke(400), stroke(400))],
      [20_000, { type: 'board.undone', pageId: id('2'), participantId: id('t') }],
      [30_000, { type: 'board.shown', shown: false, ...by }],
    ),
  );

  test('is what it was, forwards and backwards', () => {
    expect(history.at(0).shown).toBe(false);
    expect([4_999, 5_000, 11_000, 12_000, 20_000].map((at) => ids(history, at))).toEqual([
      [],
      ['4.0'],
      [],
      ['6.0', '6.1'],
      [],
    ]);
    expect(ids(history, 13_000)).toEqual(['6.0', '6.1']);
    expect([history.at(29_999).shown, history.at(30_000).shown, history.at(2_000).shown]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('was open from one word of the teacher to the next', () => {
    expect(history.shownSpans(40_000)).toEqual([{ fromMs: 1_000, toMs: 30_000 }]);
    expect(historyOf(begun()).shownSpans(40_000)).toEqual([{ fromMs: 1_000, toMs: 40_000 }]);
  });

  test('shows a stroke as far as the hand had come, and two of one message one after the other', () => {
    const pointsAt = (timeMs: number, letter = '1') =>
      history.movingAt(timeMs, id(letter)).map(({ points }) => points.length);
    expect(pointsAt(2_900)).toEqual([]);
    expect(pointsAt(4_000)).toEqual([10]);
    expect(pointsAt(5_000)).toEqual([]);
    expect(pointsAt(4_000, '2')).toEqual([]);
    expect(pointsAt(11_400, '2')).toEqual([10]);
    expect(pointsAt(11_800, '2')).toEqual([20, 10]);
  });

  test('keeps clips in lesson time, whatever the wall clock said', () => {
    const played = historyOf(begun([7_000, { type: 'clip.played', pageId: id('1'), positionMs: 500 }]));
    expect(played.at(9_000).clips.get(id('1'))).toEqual({ playing: true, positionMs: 500, at: 7_000 });
  });

  test('grows with a lesson that still runs, and a mark stays the same object', () => {
    const all = begun([5_000, drawn('1', stroke(100))], [6_000, drawn('1', stroke(100))]);
    const growing = historyOf(all.slice(0, 4));
    const [first] = pageShown(growing.at(9_000))!.items;
    growing.extend(all);
    expect(ids(growing, 9_000)).toEqual(['4.0', '5.0']);
    expect(growing.at(0).shown).toBe(false);
    expect(pageShown(growing.at(9_000))!.items[0]).toBe(first);
  });
});

test('a jump in a lesson of 5,000 strokes finds what playing finds', () => {
  const strokes = Array.from({ length: 5_000 }, (_, at): [number, EventBody] => [
    2_000 + at * 500,
    drawn('1', stroke(300, at / 10_000)),
  ]);
  const history = historyOf(begun(...strokes));
  const times = Array.from({ length: 50 }, (_, index) => index * 50_000);
  const played = new Map(times.map((at) => [at, ids(history, at)?.length ?? 0]));
  for (const [index, at] of times.entries()) {
    const to = index % 2 ? at : 2_450_000 - at;
    expect([to, ids(history, to)?.length ?? 0]).toEqual([to, played.get(to)]);
  }
  expect(played.get(1_000_000)).toBe(1_997);
});
