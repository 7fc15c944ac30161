/** How loud a stretch of sound is. Decibels below full scale (dBFS): 0 is the loudest there can be. */
export interface Level {
  readonly peakDb: number;
  readonly rmsDb: number;
  /** Share of samples at full scale, 0 to 1: a microphone whose gain is too high flattens what it hears. */
  readonly clippedShare: number;
}

/** Quieter than any real microphone's own noise; also stands for digital silence, whose logarithm has no end. */
export const NOTHING_DB = -100;
/** Converters seldom reach exactly 1. */
const FULL_SCALE = 0.985;

export const toDb = (amplitude: number): number =>
  amplitude > 0 ? Math.max(NOTHING_DB, 20 * Math.log10(amplitude)) : NOTHING_DB;

/** @param samples from -1 to 1 */
export function levelOf(samples: Float32Array): Level {
  let peak = 0;
  let energy = 0;
  let clipped = 0;
  for (const sample of samples) {
    const size = Math.abs(sample);
    if (size > peak) peak = size;
    if (size >= FULL_SCALE) clipped += 1;
    energy += sample * sample;
  }
  const count = Math.max(1, samples.length);
  return { peakDb: toDb(peak), rmsDb: toDb(Math.sqrt(energy / count)), clippedShare: clipped / count };
}
