import type { HitMoment, LibraryCard } from '#protocol/search.ts';

/** Where a resource is watched or read; from a moment on, or at a page. */
export function placeOf({ resourceId }: LibraryCard, moment?: HitMoment): string {
  const page = `/resources/${resourceId}`;
  if (!moment) return page;
  return moment.atMs === null ? `${page}?page=${moment.page}` : `${page}?at=${Math.floor(moment.atMs)}`;
}
