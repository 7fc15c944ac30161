import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { FacetField, LibraryCard, SearchPage, type SearchQuery, Suggestion } from '#protocol/search.ts';
import { CoursePage, Playlist, PlaylistPage, type PlaylistText, Shelf } from '#protocol/shelf.ts';
import { call } from '../api/call.ts';

const Anything = z.unknown();
const Cards = z.array(LibraryCard);

/** What is asked of the library, as it stands in the page's address. */
export type Asked = Partial<Record<FacetField, string>> & Partial<Pick<SearchQuery, 'q' | 'sort' | 'page'>>;

export const ASKED_FIELDS = ['q', 'sort', 'page', ...FacetField.options] as const;

export function addressOf(asked: Asked): string {
  const params = new URLSearchParams();
  for (const field of ASKED_FIELDS) {
    const value = asked[field];
    if (value !== undefined && value !== '') params.set(field, String(value));
  }
  return params.toString();
}

export const searchQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['library', 'search', addressOf(asked)],
    queryFn: () => call(SearchPage, `/api/library/search?${addressOf(asked)}`),
    placeholderData: keepPreviousData,
  });

export const suggestionsQuery = (q: string) =>
  queryOptions({
    queryKey: ['library', 'suggestions', q],
    queryFn: () => call(z.array(Suggestion), `/api/library/suggestions?q=${encodeURIComponent(q)}`),
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const favouritesQuery = queryOptions({
  queryKey: ['library', 'favourites'],
  queryFn: () => call(Cards, '/api/library/favourites'),
});
export const playlistsQuery = queryOptions({
  queryKey: ['library', 'playlists'],
  queryFn: () => call(z.array(Playlist), '/api/library/playlists'),
});
export const playlistQuery = (playlistId: string) =>
  queryOptions({
    queryKey: ['library', 'playlists', playlistId],
    queryFn: () => call(PlaylistPage, `/api/library/playlists/${playlistId}`),
  });
export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: ['library', 'courses', courseId],
    queryFn: () => call(CoursePage, `/api/library/courses/${courseId}`),
  });
export const shelfQuery = (kind: 'teachers' | 'schools', id: string) =>
  queryOptions({
    queryKey: ['library', kind, id],
    queryFn: () => call(Shelf, `/api/library/${kind}/${id}`),
  });
export const relatedQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['library', 'related', resourceId],
    queryFn: () => call(Cards, `/api/library/resources/${resourceId}/related`),
  });

const list = (playlistId: string) => `/api/library/playlists/${playlistId}`;
export const libraryApi = {
  keep: (resourceId: string, kept: boolean) =>
    call(Anything, `/api/library/favourites/${resourceId}`, { method: kept ? 'PUT' : 'DELETE' }),
  createPlaylist: (text: PlaylistText) =>
    call(Playlist, '/api/library/playlists', { method: 'POST', body: text }),
  changePlaylist: (playlistId: string, text: PlaylistText) =>
    call(Playlist, list(playlistId), { method: 'POST', body: text }),
  removePlaylist: (playlistId: string) => call(Anything, list(playlistId), { method: 'DELETE' }),
  restorePlaylist: (playlistId: string) => call(Playlist, `${list(playlistId)}/restore`, { method: 'POST' }),
  addToPlaylist: (playlistId: string, resourceId: string) =>
    call(Anything, `${list(playlistId)}/items/${resourceId}`, { method: 'POST' }),
  arrange: (playlistId: string, resourceIds: readonly string[]) =>
    call(PlaylistPage, `${list(playlistId)}/items`, { method: 'PUT', body: { resourceIds } }),
  played: (resourceId: string) =>
    call(Anything, `/api/library/resources/${resourceId}/plays`, { method: 'POST' }),
};
