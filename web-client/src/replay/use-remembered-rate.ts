import { useEffect, useRef } from 'react';
import type { ReplayEngine } from './engine/replay-engine.ts';
import { rememberedRate, rememberRate } from './speeds.ts';

/** Who watches at one and a half once does so the next time. */
export function useRememberedRate(engine: ReplayEngine, rate: number): void {
  useEffect(() => engine.setRate(rememberedRate()), [engine]);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else rememberRate(rate);
  }, [rate]);
}
