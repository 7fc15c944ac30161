import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Free bytes on the disk of `folder`; of the nearest folder above it that exists, because nothing is there before the
 * first recording. Undefined where nobody can say.
 */
export async function freeSpace(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    const above = dirname(folder);
    return above === folder ? undefined : await freeSpace(above);
  }
}
