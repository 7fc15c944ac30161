import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { Clash, ClashDraft } from '#protocol/clashes.ts';
import { timetableApi } from './timetable-api.ts';

const REST_MS = 150;

export type Draft = z.input<typeof ClashDraft>;
export interface Found {
  clashes: readonly Clash[];
  /** Whether they are those of what stands there now, and not of what stood there before. */
  settled: boolean;
}
export const NOTHING_FOUND: Found = { clashes: [], settled: false };

/** The clashes of a draft while it is typed: asked when the hand has rested. Null: nothing to ask yet. */
export function useClashes(draft: Draft | null): Found {
  const key = draft === null ? null : JSON.stringify(draft);
  const [rested, setRested] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setRested(key), REST_MS);
    return () => clearTimeout(timer);
  }, [key]);
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['clashes', rested],
    queryFn: () => timetableApi.clashes(JSON.parse(rested!)),
    enabled: rested !== null,
    placeholderData: (before) => before,
    retry: false,
  });
  if (rested === null || data === undefined) return NOTHING_FOUND;
  return { clashes: data, settled: rested === key && !isPlaceholderData };
}
