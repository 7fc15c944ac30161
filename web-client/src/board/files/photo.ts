import type { CoursewareDocument } from '#protocol/courseware.ts';
import { ApiError } from '../../api/api-error.ts';
import { upload } from './upload.ts';

/** Enough to read a child's handwriting on a big screen, and small enough for a village's line. */
const MAX_SIDE = 2_000;
const QUALITY = 0.85;

/**
 * Sends a photo of a child's work to the teacher's page list. It is made smaller first, which also leaves behind
 * where and when it was taken.
 * @throws ApiError with the platform's code, FILE_UNREADABLE when the file is no picture.
 */
export async function sendPhoto(
  lessonId: string,
  file: File,
  onProgress?: (share: number) => void,
): Promise<CoursewareDocument> {
  return await upload(lessonId, await smaller(file), { purpose: 'photo', ...(onProgress && { onProgress }) })
    .done;
}

async function smaller(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file).catch((error: unknown) => {
    throw new ApiError('FILE_UNREADABLE', 'no picture', { cause: error });
  });
  const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return await new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new ApiError('FILE_UNREADABLE', 'no picture'))),
      'image/jpeg',
      QUALITY,
    ),
  );
}
