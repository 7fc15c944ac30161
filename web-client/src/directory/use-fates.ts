import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import type { PageErrorCode } from '../i18n/errors.ts';

const TYPING_MS = 400;

/**
 * What would become of pasted lines, asked anew when typing rests. `ask` has to stay the same as long as it asks the
 * same; null: there is nothing to ask.
 */
export function useFates<Result>(ask: (() => Promise<Result>) | null) {
  const [fates, setFates] = useState<Result | null>(null);
  const [failed, setFailed] = useState<PageErrorCode | null>(null);
  const asked = useRef(0);
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    if (!ask) return setFates(null);
    const timer = setTimeout(async () => {
      try {
        const result = await ask();
        if (mine !== asked.current) return;
        setFates(result);
        setFailed(null);
      } catch (thrown) {
        if (mine === asked.current) setFailed(ApiError.from(thrown).code);
      }
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [ask]);
  return { fates, failed, setFailed };
}
