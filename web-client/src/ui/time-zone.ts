const KEY = 'tc.timeZone';

/** As the platform last told it; until then as this machine has it. */
let zone = remembered();

/** By which the school's clocks go, whatever this machine is set to. */
export const schoolTimeZone = (): string => zone;

export function learnTimeZone(name: string): void {
  zone = name;
  // Known at once when the page is opened again; where nothing may be stored it is asked for again.
  try {
    localStorage.setItem(KEY, name);
  } catch {}
}

function remembered(): string {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    const name = localStorage.getItem(KEY) ?? own;
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return own;
  }
}
