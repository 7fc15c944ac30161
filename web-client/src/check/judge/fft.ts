/** In place, radix 2 (Cooley and Tukey, 1965). Both arrays have the same length, a power of two. */
export function fft(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let i = 1, j = 0; i < size; i += 1) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let length = 2; length <= size; length <<= 1) {
    const half = length >> 1;
    const angle = (-2 * Math.PI) / length;
    for (let k = 0; k < half; k += 1) {
      const [wr, wi] = [Math.cos(angle * k), Math.sin(angle * k)];
      for (let at = k; at < size; at += length) {
        const other = at + half;
        const xr = re[other]! * wr - im[other]! * wi;
        const xi = re[other]! * wi + im[other]! * wr;
        re[other] = re[at]! - xr;
        im[other] = im[at]! - xi;
        re[at] = re[at]! + xr;
        im[at] = im[at]! + xi;
      }
    }
  }
}

/**
 * How well `pattern` fits into `signal` at each position: the sum of products, for every position at which
 * the pattern lies whole inside the signal. Empty when the pattern is longer.
 */
export function correlate(signal: Float32Array, pattern: Float32Array): Float64Array {
  const positions = signal.length - pattern.length + 1;
  if (positions <= 0) return new Float64Array();
  // Long enough that nothing of what wraps around lands on a position that is kept.
  let size = 1;
  while (size < signal.length + pattern.length) size <<= 1;
  const [aRe, aIm] = [new Float64Array(size), new Float64Array(size)];
  const [bRe, bIm] = [new Float64Array(size), new Float64Array(size)];
  aRe.set(signal);
  bRe.set(pattern);
  fft(aRe, aIm);
  fft(bRe, bIm);
  for (let i = 0; i < size; i += 1) {
    const re = aRe[i]! * bRe[i]! + aIm[i]! * bIm[i]!;
    const im = aIm[i]! * bRe[i]! - aRe[i]! * bIm[i]!;
    // The inverse transform is the forward one of the conjugate.
    aRe[i] = re;
    aIm[i] = -im;
  }
  fft(aRe, aIm);
  return aRe.subarray(0, positions).map((value) => value / size);
}
