import { useQueries } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { type Chapter, chaptersOf } from '#protocol/chapters.ts';
import { applyDirecting, type Highlight, NO_DIRECTING } from '#protocol/directing.ts';
import type { EditDesk, EditSource } from '#protocol/edit-rest.ts';
import type { Id } from '#protocol/ids.ts';
import type { Programme, Shot } from '#protocol/programme.ts';
import type { ReplayTrack } from '#protocol/rest.ts';
import { shotsOf } from '#protocol/shots.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { type CourseItem, courseOf } from '../../replay/course.ts';
import { BoardHistory } from '../../replay/history/board-history.ts';
import { editorApi, sourceTimelineQuery } from '../editor-api.ts';
import { type Stretch, suggestedTrim } from '../suggest.ts';

/** A recording at the desk, with what its timeline tells. */
export interface Source extends EditSource, Told {
  /** Pictures in the order of their number keys. */
  readonly pictures: readonly ReplayTrack[];
  readonly trim: Stretch | null;
}

interface Told {
  readonly events: readonly TimelineEvent[];
  readonly live: readonly Shot[];
  readonly chapters: readonly Chapter[];
  readonly highlights: readonly Highlight[];
  readonly course: readonly CourseItem[];
  readonly board: BoardHistory;
  readonly hasBoard: boolean;
}

const ROLES: readonly ReplayTrack['role'][] = ['teacher', 'studio', 'board', 'screen', 'pupils'];

function tell({ lessonId, recordingId }: EditSource, events: readonly TimelineEvent[]): Told {
  const board = new BoardHistory();
  board.extend(events);
  return {
    events,
    live: shotsOf(events, lessonId, recordingId),
    chapters: chaptersOf(events),
    highlights: events.reduce(applyDirecting, NO_DIRECTING).highlights,
    course: courseOf(events),
    board,
    hasBoard: events.some(({ body }) => body.type === 'board.shown'),
  };
}

const read = (source: EditSource, told: Told): Source => ({
  ...source,
  ...told,
  pictures: source.replay.tracks
    .filter(({ kind, spans }) => kind === 'video' && spans.length > 0)
    .toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role)),
  trim: suggestedTrim(source, told.events),
});

const NO_EVENTS: readonly TimelineEvent[] = [];

/** The recordings that the programme shows, in the order in which it shows them first. */
export function useSources({ resource, sources }: EditDesk, programme: Programme): Source[] {
  const { resourceId } = resource;
  const ids = useMemo(
    () => [...new Set(programme.clips.map(({ recordingId }) => recordingId))],
    [programme.clips],
  );
  const known = useQueries({
    queries: ids.map((recordingId) => ({
      queryKey: ['edit-source', recordingId],
      queryFn: () => editorApi.source(resourceId, recordingId),
      initialData: sources.find((source) => source.recordingId === recordingId),
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      // The addresses of its media die in minutes.
      refetchInterval: ({ state }: { state: { data?: EditSource | undefined } }) =>
        state.data?.replay.renewAfterMs ?? false,
    })),
    combine: (results) => results.flatMap(({ data }) => (data ? [data] : [])),
  });
  const timelines = useQueries({
    queries: ids.map((recordingId) => sourceTimelineQuery(resourceId, recordingId)),
    combine: (results) => results.map(({ data }) => data),
  });
  // New addresses are no new timeline: what it tells stays the same objects.
  const told = useRef(new Map<Id, Told>());
  return useMemo(
    () =>
      known.map((source) => {
        const { recordingId } = source;
        const events = timelines[ids.indexOf(recordingId)] ?? NO_EVENTS;
        const before = told.current.get(recordingId);
        const now = before?.events === events ? before : tell(source, events);
        told.current.set(recordingId, now);
        return read(source, now);
      }),
    [known, timelines, ids],
  );
}

/** The cut that all recordings together had in class. */
export const liveOf = (sources: readonly Source[]): Shot[] => sources.flatMap(({ live }) => live);

export const sourceOf = (sources: readonly Source[], recordingId: Id): Source | undefined =>
  sources.find((source) => source.recordingId === recordingId);
