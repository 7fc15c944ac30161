import { expect, test } from '@jest/globals';
import { cutOut, startAt } from '#protocol/edit-clips.ts';
import { type Programme, wholeOf } from '#protocol/programme.ts';
import { ApiError } from '../../api/api-error.ts';
import type { PageErrorCode } from '../../i18n/errors.ts';
import { Autosave, type SaveState } from './autosave.ts';

const id = 'a'.repeat(22);
const whole = wholeOf(id, id, 60_000);
const one = startAt(whole, id, 5_000);
const two = cutOut(one, id, 20_000, 30_000);

/** A platform that orders saves by version, as the real one does, and may be told to fail. */
class Platform {
  version = 1;
  programme = whole;
  failing: PageErrorCode | null = null;
  saves = 0;

  save = async (seen: number, programme: Programme) => {
    await Promise.resolve();
    this.saves += 1;
    if (this.failing) throw new ApiError(this.failing);
    if (seen !== this.version) throw new ApiError('OVERTAKEN');
    this.version += 1;
    this.programme = programme;
    return { version: this.version };
  };
}

function begin(platform: Platform) {
  const states: SaveState['kind'][] = [];
  const kept: (Programme | null)[] = [];
  const autosave = new Autosave({
    version: 1,
    programme: whole,
    save: platform.save,
    keep: (unsaved) => kept.push(unsaved?.programme ?? null),
    onState: ({ kind }) => states.push(kind),
    quietMs: 1,
    retryMs: 1,
  });
  return { autosave, states, kept };
}

async function until(ready: () => boolean): Promise<void> {
  while (!ready()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test('what is changed is kept in the browser at once and saved by itself', async () => {
  const platform = new Platform();
  const { autosave, states, kept } = begin(platform);
  autosave.change(one);
  expect(kept).toEqual([one]);
  await until(() => autosave.state.kind === 'saved');
  expect(platform.programme).toBe(one);
  expect([states, kept.at(-1), autosave.version]).toEqual([['waiting', 'saving', 'saved'], null, 2]);
});

test('what is changed while a save runs is saved after it, on the version that it made', async () => {
  const platform = new Platform();
  const { autosave } = begin(platform);
  autosave.change(one);
  const first = autosave.flush();
  autosave.change(two);
  await first;
  expect(await autosave.flush()).toBe(true);
  expect([platform.version, platform.programme]).toEqual([3, two]);
});

test('an undo to what is saved has nothing to save', async () => {
  const platform = new Platform();
  const { autosave, kept } = begin(platform);
  autosave.change(one);
  autosave.change(whole);
  expect(await autosave.flush()).toBe(true);
  expect([platform.saves, autosave.state.kind, kept.at(-1)]).toEqual([0, 'saved', null]);
});

test('a broken line is tried again until it is there', async () => {
  const platform = new Platform();
  platform.failing = 'NETWORK';
  const { autosave, states } = begin(platform);
  autosave.change(one);
  await until(() => platform.saves > 2);
  expect(autosave.unsaved?.programme).toBe(one);
  platform.failing = null;
  await until(() => platform.programme === one);
  await autosave.flush();
  expect(states).toContain('failed');
  expect(autosave.state.kind).toBe('saved');
});

test('who is overtaken keeps their work, and nothing is overwritten until they choose', async () => {
  const platform = new Platform();
  const { autosave, kept } = begin(platform);
  await platform.save(1, two);
  autosave.change(one);
  expect(await autosave.flush()).toBe(false);
  expect(autosave.state.kind).toBe('overtaken');
  autosave.change(whole);
  autosave.change(one);
  expect(await autosave.flush()).toBe(false);
  expect([platform.programme, kept.at(-1)]).toEqual([two, one]);
  autosave.putAbove(platform.version);
  expect(await autosave.flush()).toBe(true);
  expect([platform.version, platform.programme]).toEqual([3, one]);
});

test('who takes the other work goes on from there', async () => {
  const platform = new Platform();
  const { autosave } = begin(platform);
  await platform.save(1, two);
  autosave.change(one);
  await autosave.flush();
  autosave.accept(platform.version, two);
  expect(autosave.unsaved).toBeNull();
  autosave.change(one);
  expect(await autosave.flush()).toBe(true);
  expect(platform.version).toBe(3);
});

test('what was submitted meanwhile is refused once and not tried again', async () => {
  const platform = new Platform();
  platform.failing = 'WRONG_STATE';
  const { autosave } = begin(platform);
  autosave.change(one);
  expect(await autosave.flush()).toBe(false);
  autosave.change(two);
  expect(await autosave.flush()).toBe(false);
  expect([platform.saves, autosave.state]).toEqual([1, { kind: 'refused', code: 'WRONG_STATE' }]);
});
