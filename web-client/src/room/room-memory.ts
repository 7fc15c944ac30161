const KEY = 'tc.room';

/*
 * That this machine stands in a classroom. It opens the platform's first address as the room's own screen, without
 * loading the office's pages first to find out who it is. What it may do is decided by its session alone.
 */

export function rememberRoom(): void {
  try {
    localStorage.setItem(KEY, '1');
  } catch {
    // Where nothing may be stored the room takes the longer way.
  }
}

export function forgetRoom(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was stored.
  }
}

/** Before the router looks at the address. */
export function openAsRoom(): void {
  try {
    if (location.pathname === '/' && localStorage.getItem(KEY)) history.replaceState(null, '', '/room');
  } catch {
    // As above.
  }
}
