import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { intakesQuery } from './intake-api.ts';
import { type FileRow, fileRows } from './rows.ts';
import { uploads } from './upload/uploads.ts';

/** All files of this person, as they are now. */
export function useRows(): FileRow[] {
  const views = useSyncExternalStore(uploads.subscribe, uploads.views);
  const { data } = useQuery(intakesQuery);
  const queries = useQueryClient();
  const sent = views.filter(({ state }) => state === 'sent').length;
  // Each time the last byte of one is there, the platform has something to tell.
  useEffect(() => {
    if (sent > 0) void queries.invalidateQueries({ queryKey: intakesQuery.queryKey });
  }, [sent, queries]);
  return useMemo(() => fileRows(views, data ?? []), [views, data]);
}
