import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { Config } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import type { Logger } from '#platform/logger.ts';
import type { NewPage, PageSource } from '#protocol/board-page.ts';
import type { Rooms } from '../room/rooms.ts';
import type { CoursewareRepository } from './courseware-repository.ts';

export interface CoursewareParts {
  config: Config;
  blobs: BlobStore;
  rooms: Rooms;
  repository: CoursewareRepository;
  logger: Logger;
}

export const blobKey = (lessonId: string, documentId: string, file: string): string =>
  `courseware/${lessonId}/${documentId}/${file}`;

/** The shape that a page may have at most: a banner is shown, a line is not. */
const MAX_ASPECT = 20;

export const pdfPage = (documentId: string, file: string, number: number, aspect: number): NewPage =>
  page(aspect, { kind: 'pdf', documentId, file, page: number });

export function page(aspect: number, source: PageSource): NewPage {
  return { pageId: newId(), aspect: Math.min(MAX_ASPECT, Math.max(1 / MAX_ASPECT, aspect)), source };
}
