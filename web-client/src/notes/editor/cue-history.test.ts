import { expect, test } from '@jest/globals';
import { type Cue, MAX_CUE_TEXT } from '#protocol/caption.ts';
import { changeCue } from './cue-edit.ts';
import { cueHistory, EMPTY_HISTORY } from './cue-history.ts';

const CUES: Cue[] = [{ startMs: 0, endMs: 1_000, speaker: null, text: 'a' }];
const write = (text: string) => changeCue(CUES, 0, { text })!;

test('letters typed one after the other are one step, and every step can be taken back and done again', () => {
  let state = cueHistory(EMPTY_HISTORY, { type: 'load', cues: CUES, fresh: true });
  expect([state.at, state.past]).toEqual([0, []]);
  for (const text of ['ab', 'abc', 'abcd'])
    state = cueHistory(state, { type: 'edit', edited: write(text), typing: 'text 0' });
  state = cueHistory(state, {
    type: 'edit',
    edited: changeCue(state.cues, 0, { speaker: 'x' })!,
    typing: 'speaker 0',
  });
  expect(state.past).toHaveLength(2);
  state = cueHistory(state, { type: 'undo' });
  expect(state.cues[0]).toMatchObject({ text: 'abcd', speaker: null });
  state = cueHistory(state, { type: 'undo' });
  expect(state.cues).toEqual(CUES);
  expect(cueHistory(state, { type: 'undo' })).toBe(state);
  state = cueHistory(state, { type: 'redo' });
  expect(state.cues[0]?.text).toBe('abcd');
  // Something new is no way back to what was taken back.
  state = cueHistory(state, { type: 'edit', edited: write('z') });
  expect(cueHistory(state, { type: 'redo' })).toBe(state);
});

test('a file that is brought in can be taken back, a language that is opened begins anew', () => {
  const other = [{ ...CUES[0]!, text: 'x'.repeat(MAX_CUE_TEXT) }];
  const state = cueHistory(EMPTY_HISTORY, { type: 'load', cues: CUES, fresh: true });
  const brought = cueHistory(state, { type: 'load', cues: other, fresh: false });
  expect(cueHistory(brought, { type: 'undo' }).cues).toEqual(CUES);
  expect(cueHistory(brought, { type: 'load', cues: CUES, fresh: true }).past).toEqual([]);
});
