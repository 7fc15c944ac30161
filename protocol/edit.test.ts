import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  bringBack,
  clipAt,
  cutOut,
  endAt,
  goesOn,
  heal,
  join,
  MIN_CLIP_MS,
  moveClip,
  moveEdge,
  nameClip,
  removeClip,
  splitAt,
  startAt,
  within,
} from './edit-clips.ts';
import { problemOf } from './edit-rest.ts';
import {
  hide,
  liveCut,
  moveShot,
  removeShot,
  setShot,
  shotsIn,
  unhide,
  withoutHidden,
} from './edit-shots.ts';
import { durationOf, Programme, type Shot, toProgramme, wholeOf } from './programme.ts';
import { shotAt } from './shots.ts';

const LENGTH_MS = 60_000;
const recordings = ['a', 'b'].map((letter) => letter.repeat(22));
const [one, two] = recordings as [string, string];
const feeds = ['t', 'p', 's'].map((letter) => letter.repeat(22));
const whole = wholeOf(one, one, LENGTH_MS);
const other = wholeOf(two, two, LENGTH_MS).clips;
const shot = (atMs: number, ...feedIds: string[]): Shot => ({
  recordingId: one,
  atMs,
  layout: feedIds.length === 1 ? 'single' : 'grid',
  board: false,
  feedIds,
});
const live = [
  shot(0, feeds[0]!),
  shot(10_000, feeds[0]!, feeds[1]!),
  { ...shot(0, feeds[2]!), recordingId: two },
];

const ms = fc.integer({ min: -1_000, max: LENGTH_MS + 1_000 });
const recording = fc.constantFrom(...recordings);
const index = fc.integer({ min: -1, max: 8 });
const shotOf = fc
  .record({
    recordingId: recording,
    atMs: ms,
    layout: fc.constantFrom('single', 'pip', 'side', 'grid'),
    board: fc.boolean(),
    feedIds: fc.subarray(feeds),
  })
  .map((made) => made as Shot);

/** Any operation, as somebody at the page could ask for it, also where it makes no sense. */
const operation: fc.Arbitrary<(programme: Programme) => Programme> = fc.oneof(
  fc.tuple(recording, ms, ms).map(
    ([r, a, b]) =>
      (p: Programme) =>
        cutOut(p, r, a, b),
  ),
  fc.tuple(recording, ms).map(
    ([r, at]) =>
      (p: Programme) =>
        startAt(p, r, at),
  ),
  fc.tuple(recording, ms).map(
    ([r, at]) =>
      (p: Programme) =>
        endAt(p, r, Math.min(at, LENGTH_MS)),
  ),
  fc.tuple(recording, ms).map(
    ([r, at]) =>
      (p: Programme) =>
        splitAt(p, r, at),
  ),
  index.map((at) => (p: Programme) => heal(p, at)),
  fc.tuple(recording, ms, ms).map(
    ([r, a, b]) =>
      (p: Programme) =>
        bringBack(p, r, a, Math.min(b, LENGTH_MS)),
  ),
  fc.tuple(index, fc.constantFrom('fromMs' as const, 'toMs' as const), ms).map(
    ([at, edge, to]) =>
      (p: Programme) =>
        moveEdge(p, at, edge, to, LENGTH_MS),
  ),
  index.map((at) => (p: Programme) => join(p, at, other)),
  fc.tuple(index, index).map(
    ([from, to]) =>
      (p: Programme) =>
        moveClip(p, from, to),
  ),
  index.map((at) => (p: Programme) => removeClip(p, at)),
  index.map((at) => (p: Programme) => nameClip(p, at, '导入')),
  shotOf.map(
    (made) => (p: Programme) =>
      p.clips.some(({ recordingId }) => recordingId === made.recordingId) ? setShot(p, live, made) : p,
  ),
  index.map((at) => (p: Programme) => {
    const chosen = shotsIn(p, live)[at];
    return chosen && p.shots ? removeShot(p, live, chosen) : p;
  }),
  fc.tuple(index, ms).map(([at, to]) => (p: Programme) => {
    const chosen = shotsIn(p, live)[at];
    return chosen && p.shots ? moveShot(p, live, chosen, to) : p;
  }),
  fc.constant((p: Programme) => liveCut(p)),
  fc.constantFrom(...feeds).map((feed) => (p: Programme) => hide(p, feed)),
  fc.constantFrom(...feeds).map((feed) => (p: Programme) => unhide(p, feed)),
);

test('whatever is done in whatever order, the programme is sound, and no former one was touched', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
      let programme = whole;
      const past: [Programme, string][] = [];
      for (const change of operations) {
        past.push([programme, JSON.stringify(programme)]);
        programme = change(programme);
        expect(Programme.safeParse(programme).error).toBeUndefined();
        expect(problemOf(programme)).toBeNull();
        expect(programme.clips.every(({ toMs }) => toMs <= LENGTH_MS)).toBe(true);
      }
      for (const [before, text] of past) expect(JSON.stringify(before)).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('what is cut out is gone, what is not stays, but for crumbs beside the cut', () => {
  fc.assert(
    fc.property(
      ms,
      ms,
      fc.array(ms, { maxLength: 4 }),
      fc.array(ms, { minLength: 5 }),
      (a, b, splits, probes) => {
        const before = splits.reduce((programme, at) => splitAt(programme, one, at), whole);
        const after = cutOut(before, one, a, b);
        if (after === before) return;
        const [from, to] = [Math.max(0, a), Math.min(LENGTH_MS, b)];
        for (const at of probes) {
          const shown = clipAt(after, one, at) >= 0;
          if (at >= from && at < to) expect(shown).toBe(false);
          else if (clipAt(before, one, at) >= 0 && (at < from - MIN_CLIP_MS || at >= to + MIN_CLIP_MS))
            expect(shown).toBe(true);
        }
        const lost = durationOf(before) - durationOf(after) - (to - from);
        expect(lost).toBeGreaterThanOrEqual(0);
        expect(lost).toBeLessThan(2 * MIN_CLIP_MS);
      },
    ),
  );
});

test('a division shows the same, and is taken back without a trace', () => {
  fc.assert(
    fc.property(ms, (at) => {
      const divided = splitAt(whole, one, at);
      expect(durationOf(divided)).toBe(durationOf(whole));
      if (divided !== whole) {
        expect(goesOn(divided, 0)).toBe(true);
        expect(heal(divided, 0)).toEqual(whole);
      }
    }),
  );
});

test('what was cut out comes back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 600, max: 30_000 }),
      fc.integer({ min: 600, max: 20_000 }),
      (from, length) => {
        const cut = cutOut(whole, one, from, from + length);
        expect(bringBack(cut, one, from, from + length)).toEqual(whole);
        const trimmed = endAt(startAt(whole, one, from), one, from + length);
        expect(durationOf(trimmed)).toBe(length);
        expect(endAt(startAt(trimmed, one, 0), one, LENGTH_MS)).toEqual(whole);
      },
    ),
  );
});

test('the beginning and the end are set in the order in which the clips are shown', () => {
  const joined = join(cutOut(whole, one, 20_000, 40_000), 1, other);
  expect(joined.clips.map(({ recordingId, fromMs }) => [recordingId, fromMs])).toEqual([
    [one, 0],
    [two, 0],
    [one, 40_000],
  ]);
  expect(startAt(joined, two, 5_000).clips).toHaveLength(2);
  expect(endAt(joined, two, 5_000).clips).toHaveLength(2);
  // In what was cut out before the first clip: it comes back.
  expect(startAt(startAt(whole, one, 10_000), one, 4_000).clips[0]!.fromMs).toBe(4_000);
  expect(startAt(whole, two, 0)).toBe(whole);
});

test('no moment is joined twice', () => {
  fc.assert(
    fc.property(ms, ms, (a, b) => {
      const part = cutOut(whole, one, a, b);
      const joined = join(part, 1, whole.clips);
      expect(problemOf(joined)).toBeNull();
      expect(durationOf(joined)).toBeLessThanOrEqual(LENGTH_MS);
    }),
  );
  expect(join(whole, 0, whole.clips)).toBe(whole);
});

test('an edge goes no further than its neighbours and its other end', () => {
  const cut = cutOut(whole, one, 20_000, 40_000);
  expect(moveEdge(cut, 0, 'toMs', 50_000, LENGTH_MS).clips[0]!.toMs).toBe(40_000);
  expect(moveEdge(cut, 1, 'fromMs', 0, LENGTH_MS).clips[1]!.fromMs).toBe(20_000);
  expect(moveEdge(cut, 0, 'toMs', -5, LENGTH_MS).clips[0]!.toMs).toBe(MIN_CLIP_MS);
  expect(moveEdge(cut, 1, 'toMs', 99_000, LENGTH_MS)).toBe(cut);
});

test('a micro-video takes what is shown of its stretch', () => {
  const cut = cutOut(whole, one, 20_000, 40_000);
  expect(within(cut, one, 15_000, 45_000).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [15_000, 20_000],
    [40_000, 45_000],
  ]);
  expect(within(cut, one, 21_000, 39_000)).toEqual([]);
  expect(within(cut, two, 0, LENGTH_MS)).toEqual([]);
});

test('a cut made anew begins as a copy of the live one; a new shot stands until the next', () => {
  const made = setShot(whole, live.slice(0, 2), shot(4_000, feeds[2]!));
  expect(made.shots!.map(({ atMs }) => atMs)).toEqual([0, 4_000, 10_000]);
  expect(shotAt(made.shots!, one, 9_999)!.feedIds).toEqual([feeds[2]]);
  expect(setShot(made, live, shot(4_100, feeds[0]!)).shots!.map(({ atMs }) => atMs)).toEqual([0, 10_000]);
  expect(moveShot(made, live, made.shots![1]!, 30_000).shots![1]!.atMs).toBe(9_800);
  expect(removeShot(made, live, made.shots![0]!)).toBe(made);
  expect(removeShot(made, live, made.shots![1]!).shots).toEqual(live.slice(0, 2));
  expect(liveCut(made)).toEqual(whole);
});

test('a recording joined after the cut was made keeps the live cut', () => {
  const made = setShot(whole, live.slice(0, 2), shot(4_000, feeds[2]!));
  expect(shotsIn(join(made, 1, other), live).filter(({ recordingId }) => recordingId === two)).toEqual([
    live[2],
  ]);
});

test('a hidden feed is in no picture', () => {
  const [teacher, pupils] = feeds as [string, string];
  const both = { ...shot(0, teacher, pupils), layout: 'side' as const };
  expect(withoutHidden(both, [pupils])).toMatchObject({ layout: 'single', feedIds: [teacher] });
  expect(withoutHidden(both, [teacher, pupils])).toBeNull();
  expect(withoutHidden(both, [])).toBe(both);
  expect(unhide(hide(whole, pupils), pupils)).toEqual(whole);
});

test('a moment that is shown has its place in the programme', () => {
  const cut = cutOut(whole, one, 20_000, 40_000);
  expect(toProgramme(cut, one, 40_000)).toBe(20_000);
});
