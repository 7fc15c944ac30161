/* The strip's scale and its magnets. */

/** Steps of the ruler, ms. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800].map((seconds) => seconds * 1000);
/** Least distance of two labels, px. */
const LABEL_PX = 72;
/** How near a thing has to be to pull, px. */
export const SNAP_PX = 10;
/** At most so many px a second: a frame is then still seen. */
const MOST_PX_A_SECOND = 80;

export const mostZoom = (durationMs: number, widthPx: number): number =>
  Math.max(1, (MOST_PX_A_SECOND * durationMs) / 1000 / Math.max(1, widthPx));

/** Where the ruler has labels, ms. */
export function ticksOf(durationMs: number, widthPx: number): number[] {
  if (durationMs <= 0 || widthPx <= 0) return [];
  const step = STEPS.find((candidate) => (candidate / durationMs) * widthPx >= LABEL_PX) ?? STEPS.at(-1)!;
  return Array.from({ length: Math.floor(durationMs / step) + 1 }, (_, index) => index * step);
}

/** The nearest of `magnets` when it is within reach, else the time itself. */
export function snapped(ms: number, magnets: readonly number[], msPerPx: number): number {
  const reach = SNAP_PX * msPerPx;
  let best = ms;
  let distance = reach;
  for (const magnet of magnets) {
    const away = Math.abs(magnet - ms);
    if (away <= distance) [best, distance] = [magnet, away];
  }
  return best;
}
