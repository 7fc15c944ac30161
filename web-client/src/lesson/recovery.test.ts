import { describe, expect, test } from '@jest/globals';
import {
  CONNECT_MS,
  deadline,
  GRACE_MS,
  RESTART_MS,
  type RecoveryInput,
  type RecoveryState,
  recover,
} from './recovery.ts';

/** Plays a story of [time, input, canAsk] and tells what was done at each step. */
function play(story: [number, RecoveryInput, boolean?][], start: RecoveryState = { name: 'idle' }) {
  let state = start;
  const actions = story.map(([now, input, canAsk = true]) => {
    const step = recover(state, input, now, canAsk);
    state = step.state;
    return step.action;
  });
  return { state, actions };
}
const connection = (state: Extract<RecoveryInput, { type: 'connection' }>['state']): RecoveryInput => ({
  type: 'connection',
  state,
});
const tick: RecoveryInput = { type: 'tick' };
const nudge: RecoveryInput = { type: 'nudge' };
const connected: RecoveryState = { name: 'connected' };

describe('a transport that connects', () => {
  test('needs no help', () => {
    const { state, actions } = play([
      [0, connection('connecting')],
      [10, nudge],
      [100, connection('connected')],
      [99_999, tick],
    ]);
    expect(state).toEqual(connected);
    expect(new Set(actions)).toEqual(new Set(['none']));
    expect(deadline(state)).toBeNull();
  });

  test('is replaced when it does not within its time', () => {
    const { state, actions } = play([
      [0, connection('connecting')],
      [CONNECT_MS - 1, tick],
      [CONNECT_MS, tick],
    ]);
    expect(actions).toEqual(['none', 'none', 'replace']);
    expect(state.name).toBe('dead');
  });

  test('is replaced at once when it fails', () => {
    expect(
      play([
        [0, connection('connecting')],
        [50, connection('failed')],
      ]).actions,
    ).toEqual(['none', 'replace']);
  });
});

describe('a connection that is lost', () => {
  test('heals by itself within the grace', () => {
    const { state, actions } = play(
      [
        [0, connection('disconnected')],
        [GRACE_MS - 1, tick],
        [GRACE_MS - 1, connection('connected')],
      ],
      connected,
    );
    expect(actions).toEqual(['none', 'none', 'none']);
    expect(state).toEqual(connected);
  });

  test('gets an ICE restart after the grace, and is connected by it', () => {
    const { state, actions } = play(
      [
        [0, connection('disconnected')],
        [GRACE_MS, tick],
        [GRACE_MS + 20, connection('connecting')],
        [GRACE_MS + 200, connection('connected')],
      ],
      connected,
    );
    expect(actions).toEqual(['none', 'restartIce', 'none', 'none']);
    expect(state).toEqual(connected);
  });

  test('gets the restart at once when something says that the network is back', () => {
    expect(
      play(
        [
          [0, connection('disconnected')],
          [10, nudge],
        ],
        connected,
      ).actions,
    ).toEqual(['none', 'restartIce']);
  });

  test('gets one restart, not one for every nudge', () => {
    const story: [number, RecoveryInput][] = [
      [0, connection('disconnected')],
      [10, nudge],
      [20, nudge],
      [30, tick],
    ];
    expect(play(story, connected).actions).toEqual(['none', 'restartIce', 'none', 'none']);
  });

  test('is replaced when the restart does not help in its time, however late the tick comes', () => {
    const lost: RecoveryState = { name: 'restarting', since: 0 };
    expect(play([[RESTART_MS, tick]], lost).actions).toEqual(['replace']);
    expect(play([[60_000, tick]], lost).actions).toEqual(['replace']);
  });

  test('is replaced when the restart is refused or comes to nothing', () => {
    const restarting: RecoveryState = { name: 'restarting', since: 0 };
    expect(play([[5, { type: 'restartFailed' }]], restarting).actions).toEqual(['replace']);
    expect(play([[5, connection('failed')]], restarting).actions).toEqual(['replace']);
  });
});

describe('while signaling is not reached', () => {
  test('nothing is asked for, and the media that flows is left alone', () => {
    const { state, actions } = play(
      [
        [0, connection('disconnected'), false],
        [GRACE_MS * 9, tick, false],
        [GRACE_MS * 10, connection('failed'), false],
      ],
      connected,
    );
    expect(actions).toEqual(['none', 'none', 'none']);
    expect(state.name).toBe('lost');
  });

  test('the restart comes with the line', () => {
    const story: [number, RecoveryInput, boolean?][] = [
      [0, connection('disconnected'), false],
      [9_000, nudge, true],
    ];
    expect(play(story, connected).actions).toEqual(['none', 'restartIce']);
  });

  test('a restart whose question was lost is asked again, not given up', () => {
    const story: [number, RecoveryInput, boolean?][] = [
      [10, { type: 'restartFailed' }, false],
      [9_000, nudge, true],
    ];
    expect(play(story, { name: 'restarting', since: 0 }).actions).toEqual(['none', 'restartIce']);
  });
});

test('the dead stay dead', () => {
  for (const input of [connection('connected'), nudge, tick])
    expect(recover({ name: 'dead' }, input, 1, true)).toEqual({ state: { name: 'dead' }, action: 'none' });
});

test('every waiting state has a deadline at which a tick acts', () => {
  for (const name of ['connecting', 'lost', 'restarting'] as const) {
    const state: RecoveryState = { name, since: 100 };
    expect(recover(state, tick, deadline(state)! - 1, true).action).toBe('none');
    expect(recover(state, tick, deadline(state)!, true).action).not.toBe('none');
  }
});
