import { createWriteStream } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { slidesToPdf } from '#platform/office.ts';
import type { NewPage } from '#protocol/board-page.ts';
import type { DocumentFailure } from '#protocol/courseware.ts';
import { AppError } from '#protocol/errors.ts';
import { documentFailed, documentReady } from '../class/courseware.ts';
import { blobKey, type CoursewareParts, pdfPage } from './parts.ts';
import { pdfPages } from './pdf-check.ts';

const SLIDES = 'slides.pptx';
const PAGES = 'pages.pdf';

interface Job {
  lessonId: string;
  documentId: string;
}

/** Slides being made into pages, one set after the other: LibreOffice takes a whole core. */
export class Conversions {
  readonly #parts: CoursewareParts;
  readonly #folder: string;
  readonly #office: string | null;
  #queue: Promise<void> = Promise.resolve();

  constructor(parts: CoursewareParts, folder: string, office: string | null) {
    this.#parts = parts;
    this.#folder = folder;
    this.#office = office;
  }

  /** Begins anew what the last process did not finish. */
  async takeUp(): Promise<void> {
    for (const { lessonId, documentId } of await this.#parts.repository.unfinished())
      this.begin(lessonId, documentId);
  }

  begin(lessonId: string, documentId: string): void {
    const job = { lessonId, documentId };
    this.#queue = this.#queue
      .then(() => this.#run(job))
      .catch((error: unknown) => {
        // Left as it is: the next process tries again.
        this.#parts.logger.error({ err: error, ...job }, 'a conversion could not be told of');
      });
  }

  async #run(job: Job): Promise<void> {
    const { lessonId, documentId } = job;
    const { rooms, repository, logger } = this.#parts;
    const { timeline } = await rooms.get(lessonId);
    try {
      const pages = await this.#convert(job);
      await timeline.append((state) => documentReady(state, documentId, pages));
      await repository.setState(documentId, 'ready');
    } catch (error) {
      logger.warn({ err: error, ...job }, 'slides could not be made into pages');
      await timeline.append((state) => documentFailed(state, documentId, failureOf(error)));
      await repository.setState(documentId, 'failed');
    }
  }

  async #convert({ lessonId, documentId }: Job): Promise<NewPage[]> {
    const { blobs, config } = this.#parts;
    if (!this.#office) throw new AppError('NO_OFFICE', 'LibreOffice is not installed here');
    const folder = await mkdtemp(join(this.#folder, 'slides-'));
    try {
      const file = join(folder, SLIDES);
      await pipeline(await blobs.open(blobKey(lessonId, documentId, SLIDES)), createWriteStream(file));
      const { conversionSeconds, maxPages } = config.courseware;
      await slidesToPdf(this.#office, { file, folder, deadlineMs: conversionSeconds * 1000 });
      const pdf = join(folder, 'slides.pdf');
      await access(pdf);
      const { aspects } = await pdfPages(pdf, maxPages);
      await blobs.putFile(blobKey(lessonId, documentId, PAGES), pdf);
      return aspects.map((aspect, index) => pdfPage(documentId, PAGES, index + 1, aspect));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function failureOf(error: unknown): DocumentFailure {
  const code = error instanceof AppError ? error.code : null;
  if (code === 'NO_OFFICE' || code === 'FILE_TOO_MANY_PAGES') return code;
  const full = code === 'RECORDING_DISK_FULL' || (error as NodeJS.ErrnoException).code === 'ENOSPC';
  return full ? 'STORAGE_FULL' : 'CONVERSION_FAILED';
}
