import type { BlobStore } from '#platform/blob-store/blob-store.ts';

/** Where files of one resource lie: what was taken in, its versions' caches, thumbnails, exports. */
export const foldersOf = (resourceId: string): string[] => [
  `resources/${resourceId}`,
  `thumbnails/${resourceId}`,
  `exports/${resourceId}`,
];

/** Where files of one recording lie. */
export const foldersOfRecording = (recordingId: string): string[] => [
  `recordings/${recordingId}`,
  `thumbnails/${recordingId}`,
];

/** Everything at the top of the store, as its parts name it. */
const ROOTS = ['recordings', 'resources', 'thumbnails', 'exports', 'courseware', 'intake', 'shared'];

export async function allFiles(blobs: BlobStore): Promise<string[]> {
  return (await Promise.all(ROOTS.map((root) => blobs.list(root)))).flat();
}

/** Whether a key is one of these places of the store, or lies in one. */
export const isIn = (key: string, places: readonly string[]): boolean =>
  places.some((place) => key === place || key.startsWith(`${place}/`));

/** What a key of the store belongs to as a whole: its folder, where it has one. */
export const placeOf = (key: string): string => key.split('/').slice(0, 2).join('/');
