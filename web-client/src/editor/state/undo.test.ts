import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutOut, splitAt } from '#protocol/edit-clips.ts';
import { wholeOf } from '#protocol/programme.ts';
import { begin, redo, step, undo } from './undo.ts';

const id = 'a'.repeat(22);
const ms = fc.integer({ min: 0, max: 60_000 });

test('undo gives exactly the former, redo exactly the later, at any depth', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), ms, ms)), (asked) => {
      const seen = [wholeOf(id, id, 60_000)];
      let state = begin(seen[0]!);
      for (const [cuts, a, b] of asked) {
        const next = cuts ? cutOut(state.now, id, a, b) : splitAt(state.now, id, a);
        state = step(state, next);
        if (next !== seen.at(-1)) seen.push(next);
      }
      for (const before of seen.slice(0, -1).toReversed()) {
        state = undo(state);
        expect(state.now).toBe(before);
      }
      expect(undo(state)).toEqual(state);
      for (const after of seen.slice(1)) {
        state = redo(state);
        expect(state.now).toBe(after);
      }
    }),
  );
});

test('what is done after an undo forgets what was taken back', () => {
  let state = step(begin(1), 2);
  state = step(undo(state), 3);
  expect(redo(state).now).toBe(3);
});
