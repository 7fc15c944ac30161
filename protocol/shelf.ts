import { z } from 'zod';
import { Account, OrganizationKind } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { WatchProgress } from './progress.ts';
import { LibraryCard } from './search.ts';
import { sharedText } from './text.ts';

/*
 * What is kept and put together: favourites, playlists; the libraries (资源库) of a teacher and of
 * a school; a course with its lessons. A list holds what the asking account may watch: the rest is simply not in it.
 *
 *   GET    /api/library/favourites                      LibraryCard[]   (the last put first)
 *   PUT    /api/library/favourites/:resourceId          {}
 *   DELETE /api/library/favourites/:resourceId          {}
 *   GET    /api/library/playlists                       Playlist[]      (one's own, the last changed first)
 *   POST   /api/library/playlists                       PlaylistText → Playlist
 *   GET    /api/library/playlists/:id                   PlaylistPage    (one's own, or shared: then to all with its address)
 *   POST   /api/library/playlists/:id                   PlaylistText → Playlist
 *   DELETE /api/library/playlists/:id                   {}
 *   POST   /api/library/playlists/:id/restore           Playlist        (undo of the deletion)
 *   PUT    /api/library/playlists/:id/items             PlaylistItems → PlaylistPage   (the whole order)
 *   POST   /api/library/playlists/:id/items/:resourceId {}              (at its end)
 *   DELETE /api/library/playlists/:id/items/:resourceId {}
 *   GET    /api/library/teachers/:accountId             Shelf
 *   GET    /api/library/schools/:organizationId         Shelf
 *   GET    /api/library/courses/:courseId               CoursePage
 */

export const MAX_PLAYLISTS = 200;
export const MAX_ITEMS = 500;
export const MAX_FAVOURITES = 1_000;

export const PlaylistText = z.object({
  title: sharedText({ max: 60 }),
  description: sharedText({ min: 0, max: 500, lines: 8 }).default(''),
  /** Whether who has its address may open it. */
  shared: z.boolean().default(false),
});
export type PlaylistText = z.infer<typeof PlaylistText>;
export const PlaylistItems = z.object({ resourceIds: z.array(Id).max(MAX_ITEMS) });

export const Playlist = z.object({
  playlistId: Id,
  title: z.string(),
  description: z.string(),
  shared: z.boolean(),
  ownerName: z.string(),
  organizationName: z.string(),
  /** How many there are in it that the asking account sees. */
  count: z.number().int(),
  updatedAt: WallMs,
});
export type Playlist = z.infer<typeof Playlist>;

/** A resource in a row of them, with how far one has watched. */
export const ShelfItem = z.object({ card: LibraryCard, progress: WatchProgress.nullable() });
export type ShelfItem = z.infer<typeof ShelfItem>;

export const PlaylistPage = Playlist.extend({ own: z.boolean(), items: z.array(ShelfItem) });
export type PlaylistPage = z.infer<typeof PlaylistPage>;

/** Whose library it is. What is in it is found by search, narrowed to it. */
export const Shelf = z.object({
  name: z.string(),
  organizationId: Id,
  organizationName: z.string(),
  organizationKind: OrganizationKind,
  /** The bureau above it; null for a bureau, whose library is that of all its schools. */
  county: z.object({ organizationId: Id, name: z.string() }).nullable(),
  /** A teacher's; null for a school's. */
  role: Account.shape.role.nullable(),
});
export type Shelf = z.infer<typeof Shelf>;

export const CoursePage = z.object({
  courseId: Id,
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  organizationId: Id,
  organizationName: z.string(),
  items: z.array(ShelfItem.extend({ lessonTitle: z.string(), plannedStart: WallMs })),
});
export type CoursePage = z.infer<typeof CoursePage>;
