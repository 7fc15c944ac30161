/** The value below which the share `p` (0 to 1) of the samples lies, interpolated between neighbours. */
export function percentile(samples: readonly number[], p: number): number {
  if (samples.length === 0) throw new Error('no samples');
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)]!;
  const high = sorted[Math.ceil(at)]!;
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** For `detail`: enough to see the shape, short enough to read. */
export function summary(samples: readonly number[]) {
  const to1 = (value: number) => Math.round(value * 10) / 10;
  return {
    n: samples.length,
    min: to1(Math.min(...samples)),
    p50: to1(median(samples)),
    p95: to1(percentile(samples, 0.95)),
    max: to1(Math.max(...samples)),
  };
}
