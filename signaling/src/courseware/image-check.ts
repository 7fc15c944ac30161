import { open } from 'node:fs/promises';
import { imageSize } from 'image-size';
import { AppError } from '#protocol/errors.ts';

/** A picture of more pixels than these is gigabytes when it is unpacked; a phone's has a quarter. */
const MAX_PIXELS = 50_000_000;
/** A camera puts its own preview before the size. */
const HEAD = 1_000_000;

/**
 * The shape of a picture, width by height as it is shown, from its head: nothing is unpacked.
 * @throws AppError FILE_TOO_LARGE, FILE_UNREADABLE
 */
export async function imageAspect(path: string): Promise<number> {
  const file = await open(path);
  let head: Buffer;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
  let size: ReturnType<typeof imageSize>;
  try {
    size = imageSize(head);
  } catch (error) {
    throw new AppError('FILE_UNREADABLE', 'the picture is damaged', { cause: error });
  }
  const { width, height, orientation = 1 } = size;
  if (!(width > 0 && height > 0)) throw new AppError('FILE_UNREADABLE', 'the picture has no size');
  if (width * height > MAX_PIXELS) throw new AppError('FILE_TOO_LARGE', `${width} × ${height} pixels`);
  // A phone that was held upright says so instead of turning the picture.
  return orientation >= 5 ? height / width : width / height;
}
