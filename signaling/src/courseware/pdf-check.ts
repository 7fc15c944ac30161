import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError } from '#protocol/errors.ts';
import { askProcess } from './pdf-process.ts';

const LOOK = fileURLToPath(new URL('pdf-look.ts', import.meta.url));
const DEADLINE_MS = 30_000;

const Looked = z.union([
  z.object({ aspects: z.array(z.number().positive()).min(1), scripted: z.boolean() }),
  z.object({ error: z.enum(['FILE_TOO_MANY_PAGES', 'FILE_LOCKED', 'FILE_UNREADABLE']) }),
]);

/**
 * The pages of a PDF, each by its width over its height, and whether scripts are in it.
 * @throws AppError FILE_TOO_MANY_PAGES, FILE_LOCKED, FILE_UNREADABLE
 */
export async function pdfPages(
  path: string,
  maxPages: number,
): Promise<{ aspects: number[]; scripted: boolean }> {
  const said = await askProcess(LOOK, [path, String(maxPages)], DEADLINE_MS);
  const looked = Looked.safeParse(said);
  if (!looked.success) throw new AppError('FILE_UNREADABLE', 'the PDF could not be read in time');
  if ('error' in looked.data) throw new AppError(looked.data.error, 'the PDF cannot be shown');
  return looked.data;
}
