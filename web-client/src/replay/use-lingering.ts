import { useEffect, useState } from 'react';

/** A picture that left the screen is kept at hand for so long: the next cut may bring it back. */
const LINGER_MS = 10_000;

/**
 * What is shown now, and what was shown until just now. So a cut back shows its picture at once, and what nobody
 * looks at costs neither line nor decoder for long.
 */
export function useLingering(shown: readonly string[]): readonly string[] {
  const [kept, setKept] = useState<readonly string[]>(shown);
  const key = shown.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what is shown.
  useEffect(() => {
    setKept((before) => [...new Set([...before, ...shown])]);
    const timer = setTimeout(() => setKept(shown), LINGER_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return [...new Set([...kept, ...shown])];
}
