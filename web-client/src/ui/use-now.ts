import { useEffect, useState } from 'react';
import { platformNow } from '../api/clock.ts';

/** The platform's time, wall ms, renewed every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(platformNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(platformNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
