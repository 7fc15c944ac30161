import type { Resource } from '#protocol/resource.ts';
import type { Replay } from '#protocol/rest.ts';

/** A film's address is asked for again this often. */
const RENEW_MS = 120_000;

/** A film of the library as the player knows lessons: one picture, nothing else, and no timeline. */
export function filmReplay(resource: Resource, playlist: string): Replay {
  const { resourceId, authorName, organizationName, createdAt } = resource;
  const durationMs = resource.durationMs ?? 0;
  return {
    lessonId: resourceId,
    recordingId: resourceId,
    epochMs: createdAt,
    live: false,
    durationMs,
    tracks: [
      {
        trackId: resourceId,
        feedId: resourceId,
        participantId: resourceId,
        participantName: authorName,
        organizationName,
        role: 'teacher',
        kind: 'video',
        playlist,
        // Until it says itself how long it is.
        spans: [{ fromMs: 0, toMs: durationMs || Number.MAX_SAFE_INTEGER }],
      },
    ],
    thumbnails: null,
    courseware: '',
    resourceId,
    clips: null,
    shots: null,
    joined: [],
    programme: null,
    watermark: null,
    renewAfterMs: RENEW_MS,
  };
}

/** Whether a replay is of a film, which no lesson is behind. */
export const isFilm = ({ lessonId, resourceId }: Replay): boolean => lessonId === resourceId;
