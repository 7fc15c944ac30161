import { useMemo, useRef } from 'react';
import type { Id } from '#protocol/ids.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { LessonHistory } from './lesson-history.ts';

const NONE: readonly TimelineEvent[] = [];

/** The history of the lesson that is watched; its `grown` changes when there is more of it. */
export function useLessonHistory(
  of: { lessonId: Id; recordingId: Id },
  events: readonly TimelineEvent[] = NONE,
): { history: LessonHistory; grown: number } {
  const known = useRef<LessonHistory>(undefined);
  const key = useRef('');
  return useMemo(() => {
    if (key.current !== of.recordingId) known.current = undefined;
    key.current = of.recordingId;
    known.current ??= new LessonHistory({ lessonId: of.lessonId, recordingId: of.recordingId });
    known.current.extend(events);
    return { history: known.current, grown: events.length };
  }, [events, of.lessonId, of.recordingId]);
}
