import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { Clash, ClashDraft } from '#protocol/clashes.ts';
import { timetableApi } from './timetable-api.ts';

const REST_MS = 150;

/** The clashes of a draft while it is typed: asked when the hand has rested. Null: nothing to ask yet. */
export function useClashes(draft: z.input<typeof ClashDraft> | null): readonly Clash[] {
  const key = draft === null ? null : JSON.stringify(draft);
  const [rested, setRested] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setRested(key), REST_MS);
    return () => clearTimeout(timer);
  }, [key]);
  const { data } = useQuery({
    queryKey: ['clashes', rested],
    queryFn: () => timetableApi.clashes(JSON.parse(rested!)),
    enabled: rested !== null,
    placeholderData: (before) => before,
  });
  return rested === null ? NONE : (data ?? NONE);
}

const NONE: readonly Clash[] = [];
