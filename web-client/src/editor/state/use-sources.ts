import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Chapter, chaptersOf } from '#protocol/chapters.ts';
import { applyDirecting, type Highlight, NO_DIRECTING } from '#protocol/directing.ts';
import type { EditDesk, EditSource } from '#protocol/edit-rest.ts';
import type { Id } from '#protocol/ids.ts';
import type { Programme, Shot } from '#protocol/programme.ts';
import type { ReplayTrack } from '#protocol/rest.ts';
import { shotsOf } from '#protocol/shots.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { type CourseItem, courseOf } from '../../replay/course.ts';
import { editorApi, sourceTimelineQuery } from '../editor-api.ts';
import { type Stretch, suggestedTrim } from '../suggest.ts';

/** A recording at the desk, with what its timeline tells. */
export interface Source extends EditSource {
  readonly events: readonly TimelineEvent[];
  /** Pictures in the order of their number keys. */
  readonly pictures: readonly ReplayTrack[];
  readonly live: readonly Shot[];
  readonly chapters: readonly Chapter[];
  readonly highlights: readonly Highlight[];
  readonly course: readonly CourseItem[];
  readonly trim: Stretch | null;
  readonly hasBoard: boolean;
}

const ROLES: readonly ReplayTrack['role'][] = ['teacher', 'studio', 'board', 'screen', 'pupils'];

function read(source: EditSource, events: readonly TimelineEvent[]): Source {
  const { recordingId, lessonId, replay } = source;
  return {
    ...source,
    events,
    pictures: replay.tracks
      .filter(({ kind, spans }) => kind === 'video' && spans.length > 0)
      .toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role)),
    live: shotsOf(events, lessonId, recordingId),
    chapters: chaptersOf(events),
    highlights: events.reduce(applyDirecting, NO_DIRECTING).highlights,
    course: courseOf(events),
    trim: suggestedTrim(source, events),
    hasBoard: events.some(({ body }) => body.type === 'board.shown'),
  };
}

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
    })),
    combine: (results) => results.flatMap(({ data }) => (data ? [data] : [])),
  });
  const timelines = useQueries({
    queries: ids.map((recordingId) => sourceTimelineQuery(resourceId, recordingId)),
    combine: (results) => results.map(({ data }) => data),
  });
  return useMemo(
    () => known.map((source) => read(source, timelines[ids.indexOf(source.recordingId)] ?? NO_EVENTS)),
    [known, timelines, ids],
  );
}

/** The cut that all recordings together had in class. */
export const liveOf = (sources: readonly Source[]): Shot[] => sources.flatMap(({ live }) => live);

export const sourceOf = (sources: readonly Source[], recordingId: Id): Source | undefined =>
  sources.find((source) => source.recordingId === recordingId);
