import { useQueries } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { Id } from '#protocol/ids.ts';
import type { Replay } from '#protocol/rest.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { recordingTimelineQuery } from '../../api/resource-queries.ts';
import { isFilm } from '../film.ts';
import { recordingsOf } from '../recordings.ts';
import { LessonHistory } from './lesson-history.ts';

const NONE: readonly TimelineEvent[] = [];

/**
 * The course of every lesson of a replay, by recording, as far as this viewer may read it. A new map whenever one of
 * them came or grew; a lesson whose timeline does not come simply has nothing in its history.
 */
export function useHistories(replay: Replay): ReadonlyMap<Id, LessonHistory> {
  const recordings = recordingsOf(replay);
  const read = useQueries({
    queries: recordings.map(({ lessonId, recordingId, live }) => ({
      ...recordingTimelineQuery({ lessonId, recordingId, live, resourceId: replay.resourceId }),
      enabled: !isFilm(replay),
    })),
    combine: (results) => results.map(({ data }) => data ?? NONE),
  });
  const known = useRef(new Map<Id, LessonHistory>());
  const key = recordings.map(({ recordingId }) => recordingId).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the recordings, which never change their lesson.
  return useMemo(() => {
    for (const [index, { lessonId, recordingId }] of recordings.entries()) {
      const history = known.current.get(recordingId) ?? new LessonHistory({ lessonId, recordingId });
      history.extend(read[index] ?? NONE);
      known.current.set(recordingId, history);
    }
    return new Map(known.current);
  }, [key, read]);
}
