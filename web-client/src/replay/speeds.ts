const KEY = 'replay.rate';

export const SPEEDS: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3];

/** The next speed up or down; the ends stay. */
export function stepped(rate: number, by: 1 | -1): number {
  const at = SPEEDS.findIndex((speed) => speed >= rate);
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))] ?? 1;
}

/** How fast this viewer watches. */
export function rememberedRate(): number {
  const rate = Number(localStorage.getItem(KEY) ?? 1);
  return SPEEDS.includes(rate) ? rate : 1;
}

export const rememberRate = (rate: number): void => localStorage.setItem(KEY, String(rate));
