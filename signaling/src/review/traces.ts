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

export async function filesOfRecording(blobs: BlobStore, recordingId: string): Promise<string[]> {
  const all = await Promise.all(foldersOfRecording(recordingId).map((folder) => blobs.list(folder)));
  return all.flat();
}
