/*
 * How one transport comes back by itself: a pure state machine. It is asked with the time of each
 * question, so a page whose timers are slowed down in the background is late but never wrong.
 */

/** Short losses heal by themselves; ICE is restarted after this long, milliseconds. */
export const GRACE_MS = 1_000;
/** How long an ICE restart may take before a new transport is made. */
export const RESTART_MS = 4_000;
/** How long a new transport may take to connect for the first time. */
export const CONNECT_MS = 8_000;

export type RecoveryState =
  /** Nothing has been sent through it yet, so nothing connects. */
  | { readonly name: 'idle' }
  | { readonly name: 'connecting'; readonly since: number }
  | { readonly name: 'connected' }
  /** ICE hears nothing, or failed while nobody could be asked for a restart. */
  | { readonly name: 'lost'; readonly since: number }
  | { readonly name: 'restarting'; readonly since: number }
  | { readonly name: 'dead' };

export type RecoveryInput =
  | {
      readonly type: 'connection';
      readonly state: 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';
    }
  /** Something says that now is a good time: the line to signaling is back, `online`, the page is visible. */
  | { readonly type: 'nudge' }
  | { readonly type: 'restartFailed' }
  | { readonly type: 'tick' };

export interface RecoveryStep {
  state: RecoveryState;
  action: 'none' | 'restartIce' | 'replace';
}

/** `canAsk`: whether signaling can be reached, without which neither restart nor replacement is possible. */
export function recover(
  state: RecoveryState,
  input: RecoveryInput,
  now: number,
  canAsk: boolean,
): RecoveryStep {
  if (state.name === 'dead') return stay(state);
  if (input.type === 'connection') return onConnection(state, input.state, now, canAsk);
  const waited = 'since' in state ? now - state.since : 0;
  switch (state.name) {
    case 'idle':
    case 'connected':
      return stay(state);
    case 'connecting':
      return waited >= CONNECT_MS && canAsk ? replace() : stay(state);
    case 'lost':
      return canAsk && (input.type === 'nudge' || waited >= GRACE_MS) ? restart(now) : stay(state);
    case 'restarting':
      // The question never reached the SFU: it is asked again when the line is back.
      if (!canAsk) return input.type === 'restartFailed' ? stay({ name: 'lost', since: now }) : stay(state);
      // A nudge changes nothing: the restart has been asked for and has its time.
      return input.type === 'restartFailed' || waited >= RESTART_MS ? replace() : stay(state);
  }
}

/** When the machine wants its next `tick`, wall milliseconds; null when only an event can change it. */
export function deadline(state: RecoveryState): number | null {
  switch (state.name) {
    case 'connecting':
      return state.since + CONNECT_MS;
    case 'lost':
      return state.since + GRACE_MS;
    case 'restarting':
      return state.since + RESTART_MS;
    default:
      return null;
  }
}

function onConnection(
  state: RecoveryState,
  connection: Extract<RecoveryInput, { type: 'connection' }>['state'],
  now: number,
  canAsk: boolean,
): RecoveryStep {
  switch (connection) {
    case 'new':
      return stay(state);
    case 'connecting':
      return state.name === 'idle' ? stay({ name: 'connecting', since: now }) : stay(state);
    case 'connected':
      return stay({ name: 'connected' });
    case 'disconnected':
      return state.name === 'connected' ? stay({ name: 'lost', since: now }) : stay(state);
    case 'failed':
      // Never connected, or the restart came to nothing: only a new transport can help.
      if (state.name === 'connecting' || state.name === 'restarting' || state.name === 'idle')
        return canAsk ? replace() : stay({ name: 'lost', since: now });
      return canAsk ? restart(now) : stay({ name: 'lost', since: state.name === 'lost' ? state.since : now });
    case 'closed':
      return { state: { name: 'dead' }, action: 'none' };
  }
}

const stay = (state: RecoveryState): RecoveryStep => ({ state, action: 'none' });
const restart = (now: number): RecoveryStep => ({
  state: { name: 'restarting', since: now },
  action: 'restartIce',
});
const replace = (): RecoveryStep => ({ state: { name: 'dead' }, action: 'replace' });
