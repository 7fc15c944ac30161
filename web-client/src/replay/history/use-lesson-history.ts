import { useMemo, useRef } from 'react';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { LessonHistory } from './lesson-history.ts';

const NONE: readonly TimelineEvent[] = [];

/** The history of the lesson that is watched, and with each new state of the timeline a sign that it grew. */
export function useLessonHistory(events: readonly TimelineEvent[] = NONE): {
  history: LessonHistory;
  grown: number;
} {
  const history = useRef<LessonHistory>(undefined);
  return useMemo(() => {
    history.current ??= new LessonHistory();
    history.current.extend(events);
    return { history: history.current, grown: events.length };
  }, [events]);
}
