import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { findFfmpeg } from '#platform/ffmpeg.ts';
import { newId } from '#platform/ids.ts';
import { findOffice } from '#platform/office.ts';
import type { NewPage } from '#protocol/board-page.ts';
import { type CoursewareDocument, type DocumentKind, displayName } from '#protocol/courseware.ts';
import { AppError } from '#protocol/errors.ts';
import type { Participant } from '#protocol/timeline.ts';
import { documentAdded, mustMayUpload } from '../class/courseware.ts';
import { clipAspect } from './clip-check.ts';
import { Conversions } from './conversions.ts';
import { imageAspect } from './image-check.ts';
import { blobKey, type CoursewareParts, page, pdfPage } from './parts.ts';
import { pdfPages } from './pdf-check.ts';
import { receive, type Upload } from './upload.ts';
import { checkSlides } from './zip-check.ts';

const UPLOADS_AT_ONCE = 3;

/** Takes files into lessons: looks what each really is, keeps it, and tells the lesson. */
export class Courseware {
  readonly maxBytes: number;
  readonly #parts: CoursewareParts;
  readonly #conversions: Conversions;
  /** Below the data folder, so that a file is moved to its place and not copied. */
  readonly #folder: string;
  readonly #ffmpeg = findFfmpeg();
  readonly #office = findOffice();
  readonly #running = new Map<string, number>();

  static async create(parts: CoursewareParts): Promise<Courseware> {
    const folder = join(parts.config.dataDir, 'uploads');
    // What the last process was in the middle of is of no use to anybody.
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const courseware = new Courseware(parts, folder);
    await courseware.#conversions.takeUp();
    return courseware;
  }

  private constructor(parts: CoursewareParts, folder: string) {
    this.#parts = parts;
    this.#folder = folder;
    this.maxBytes = parts.config.courseware.maxMegabytes * 1_000_000;
    this.#conversions = new Conversions(parts, folder, this.#office);
  }

  /**
   * One file from `actor`, from its first byte to its place in the lesson. Settles when it is on the timeline;
   * slides are made into pages after that.
   * @throws AppError with the reason, which its sender is told.
   */
  async take(
    lessonId: string,
    actor: Participant,
    body: Readable,
    { name, purpose }: { name: string; purpose: 'board' | 'photo' },
  ): Promise<CoursewareDocument> {
    const { timeline } = await this.#parts.rooms.get(lessonId);
    mustMayUpload(timeline.state, actor);
    const done = this.#enter(actor.accountId);
    try {
      const upload = await receive(body, this.#folder, { maxBytes: this.maxBytes });
      try {
        if (purpose === 'photo' && upload.kind !== 'image') throw new AppError('FILE_TYPE', 'not a photo');
        const document = await this.#documentOf(upload, actor, name, purpose);
        const { documentId, kind, state } = document;
        const file = fileOf(upload);
        await this.#parts.blobs.putFile(blobKey(lessonId, documentId, file), upload.path).catch(storage);
        const { bytes } = upload;
        const row = {
          documentId,
          lessonId,
          accountId: actor.accountId,
          kind,
          name: document.name,
          bytes,
          file,
          state,
        };
        await this.#parts.repository.add(row);
        await timeline.append((now) => documentAdded(now, actor, document));
        if (state === 'processing') this.#conversions.begin(lessonId, documentId);
        return document;
      } finally {
        await upload.discard();
      }
    } finally {
      done();
    }
  }

  #enter(accountId: string): () => void {
    const running = this.#running.get(accountId) ?? 0;
    if (running >= UPLOADS_AT_ONCE) throw new AppError('TOO_MANY_REQUESTS', 'too many uploads at once');
    this.#running.set(accountId, running + 1);
    return () => {
      const left = (this.#running.get(accountId) ?? 1) - 1;
      if (left > 0) this.#running.set(accountId, left);
      else this.#running.delete(accountId);
    };
  }

  async #documentOf(
    upload: Upload,
    { participantId, organizationName }: Participant,
    rawName: string,
    purpose: 'board' | 'photo',
  ): Promise<CoursewareDocument> {
    const documentId = newId();
    const kind: DocumentKind = purpose === 'photo' ? 'photo' : upload.kind;
    const made = await this.#pagesOf(upload, documentId);
    return {
      documentId,
      kind,
      name: displayName(rawName),
      participantId,
      from: organizationName,
      state: upload.kind === 'slides' ? 'processing' : 'ready',
      failure: null,
      ...made,
    };
  }

  async #pagesOf(upload: Upload, documentId: string): Promise<{ pages: NewPage[]; scripted: boolean }> {
    const { path, kind, extension } = upload;
    const file = fileOf(upload);
    const { maxPages, maxClipSeconds } = this.#parts.config.courseware;
    switch (kind) {
      case 'slides':
        await checkSlides(path);
        if (!this.#office) throw new AppError('NO_OFFICE', 'LibreOffice is not installed here');
        return { pages: [], scripted: false };
      case 'pdf': {
        const { aspects, scripted } = await pdfPages(path, maxPages);
        return {
          pages: aspects.map((aspect, index) => pdfPage(documentId, file, index + 1, aspect)),
          scripted,
        };
      }
      case 'image':
        return { pages: [page(await imageAspect(path), { kind, documentId, file })], scripted: false };
      case 'clip': {
        if (!this.#ffmpeg) throw new AppError('FILE_TYPE', 'no ffmpeg here to look into clips');
        const clip = { path, extension: extension as 'mp4' | 'webm', maxSeconds: maxClipSeconds };
        return {
          pages: [page(await clipAspect(this.#ffmpeg, clip), { kind, documentId, file })],
          scripted: false,
        };
      }
    }
  }
}

const fileOf = ({ kind, extension }: Upload): string => `${kind === 'pdf' ? 'pages' : kind}.${extension}`;

function storage(error: unknown): never {
  if (error instanceof AppError && error.code === 'RECORDING_DISK_FULL')
    throw new AppError('STORAGE_FULL', 'no space left for courseware', { cause: error });
  throw error;
}
