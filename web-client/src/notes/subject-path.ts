import type { Id } from '#protocol/ids.ts';

/** What is watched and written on. Whoever came by the library has a resource, whatever lesson is behind it. */
export interface WatchedSubject {
  readonly lessonId: Id | null;
  readonly resourceId: Id | null;
}

/** Below which all that people attach to its time is found, and by which queries of it are told apart. */
export const subjectPath = ({ lessonId, resourceId }: WatchedSubject): string =>
  resourceId === null ? `/api/lessons/${lessonId}` : `/api/resources/${resourceId}`;
