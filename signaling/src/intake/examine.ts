import { stat } from 'node:fs/promises';
import { AppError } from '#protocol/errors.ts';
import type { IntakeKind, IntakeNotice } from '#protocol/intake.ts';
import { imageAspect } from '../courseware/image-check.ts';
import { pdfPages } from '../courseware/pdf-check.ts';
import { checkSlides } from '../courseware/zip-check.ts';
import { type FilmPlan, planFilm } from './film-plan.ts';
import { probeFilm } from './film-probe.ts';
import { type LibraryFile, recogniseFile } from './recognise.ts';

/** A document of the library may be a whole book. */
const MAX_PAGES = 2_000;

export interface Examined {
  file: LibraryFile;
  kind: IntakeKind;
  notices: IntakeNotice[];
  /** Of films only. */
  film: { plan: FilmPlan; durationMs: number } | null;
}

/**
 * Looks into a whole file: what it is, whether it may be opened without harm, and what is to be done with it.
 * @throws AppError with the reason why it is not taken in
 */
export async function examine(
  path: string,
  { ffmpeg, maxFilmSeconds }: { ffmpeg: string | null; maxFilmSeconds: number },
): Promise<Examined> {
  const file = await recogniseFile(path);
  const plain = { file, notices: [], film: null };
  switch (file.kind) {
    case 'package':
      return { ...plain, kind: 'package' };
    case 'image':
      await imageAspect(path);
      return { ...plain, kind: 'image' };
    case 'slides':
      await checkSlides(path);
      return { ...plain, kind: 'document' };
    case 'pdf': {
      const { scripted } = await pdfPages(path, MAX_PAGES);
      return { ...plain, kind: 'document', notices: scripted ? ['scripted'] : [] };
    }
    case 'film': {
      if (!ffmpeg) throw new AppError('NO_FFMPEG', 'no ffmpeg here to look into films');
      const facts = await probeFilm(ffmpeg, path, { maxSeconds: maxFilmSeconds }).catch((error: unknown) => {
        const unknown = file.extension === 'bin' && AppError.from(error).code === 'FILE_UNREADABLE';
        throw unknown
          ? new AppError('LIBRARY_FILE_TYPE', 'not a kind that is kept', { cause: error })
          : error;
      });
      const plan = planFilm(facts, (await stat(path)).size);
      return { file, kind: 'film', notices: plan.notices, film: { plan, durationMs: facts.durationMs } };
    }
  }
}
