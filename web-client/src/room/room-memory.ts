const KEY = 'tc.room';
const INSIDE_KEY = 'tc.room.inside';

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

export const isRoomHere = (): boolean => read(KEY) !== null;

/** Where whoever uses this machine goes when they leave a lesson. */
export const homePath = (): string => (isRoomHere() ? '/room' : '/');

/** Before the router looks at the address. */
export function openAsRoom(): void {
  if (location.pathname === '/' && isRoomHere()) history.replaceState(null, '', '/room');
}

/*
 * The lesson that this machine is in. Whoever leaves it takes that back; a machine that loses its power does not, and
 * is brought into the lesson again when it has come back.
 */

export function rememberInside(lessonId: string): void {
  try {
    localStorage.setItem(INSIDE_KEY, lessonId);
  } catch {
    // Then somebody touches the screen once more.
  }
}

export function forgetInside(): void {
  try {
    localStorage.removeItem(INSIDE_KEY);
  } catch {
    // Nothing was stored.
  }
}

export const lessonInside = (): string | null => read(INSIDE_KEY);

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
