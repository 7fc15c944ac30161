/*
 * The platform's time, on a machine whose own clock may be a day wrong. Every answer carries a `Date` of whole
 * seconds: the true time then lies within that second, between asking and hearing. What several answers say is laid
 * over each other, so that the estimate grows finer than a second; it runs on the clock that nobody can set
 * (`performance.now`).
 */

/** Platform's wall ms minus `performance.now()`. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

const SECOND_MS = 1000;

/** What one more answer tells. Where it contradicts what was known (the machine slept), it is believed alone. */
export function narrowed(known: Bounds | null, date: number, asked: number, heard: number): Bounds {
  const told = { least: date - heard, most: date + SECOND_MS - asked };
  if (!known) return told;
  const both = { least: Math.max(known.least, told.least), most: Math.min(known.most, told.most) };
  return both.least <= both.most ? both : told;
}

let bounds: Bounds | null = null;

/** Of an answer of the platform itself: one from a cache would tell an old time. `asked`: `performance.now()` then. */
export function learnTime(headers: Headers, asked: number): void {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isFinite(date)) bounds = narrowed(bounds, date, asked, performance.now());
}

/** The platform's time, wall ms; this machine's own until the platform has answered once. */
export const platformNow = (): number =>
  bounds ? Math.round(performance.now() + (bounds.least + bounds.most) / 2) : Date.now();
