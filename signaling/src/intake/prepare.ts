import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, copyFile, link, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { newId } from '#platform/ids.ts';
import { slidesToPdf } from '#platform/office.ts';
import { AppError } from '#protocol/errors.ts';
import type { IntakeNotice } from '#protocol/intake.ts';
import type { ResourceFile } from '#protocol/resource.ts';
import { filmCover, imageCover, pdfCover } from './covers.ts';
import type { Examined } from './examine.ts';
import { MASTER, makeHls } from './film-hls.ts';

export interface Tools {
  blobs: BlobStore;
  ffmpeg: string | null;
  office: string | null;
  /** Seconds that slides may take. */
  conversionSeconds: number;
}

export interface Prepared {
  files: ResourceFile[];
  durationMs: number | null;
  notices: IntakeNotice[];
}

export const contentFolder = (contentId: string) => `resources/${contentId}`;
/** The folder of a content, from the key of any of its blobs. */
export const folderOf = (blobKey: string): string => blobKey.split('/').slice(0, 2).join('/');

interface Making {
  path: string;
  sha256: string;
  signal: AbortSignal;
  onProgress(part: number): void;
}

/**
 * Makes what pages show of a file, and puts all of it into the blob store, what was sent last. When it throws,
 * nothing of it stays there.
 * @throws AppError FILM_CONVERSION_FAILED, STORAGE_FULL
 */
export async function prepare(tools: Tools, examined: Examined, making: Making): Promise<Prepared> {
  const at = contentFolder(newId());
  const put: string[] = [];
  const work = await mkdtemp(`${making.path}-work-`);
  const store = new Store(tools.blobs, at, put);
  try {
    const made = await makeAll(tools, examined, { ...making, work, store });
    const { mime, extension } = examined.file;
    // Who may watch a film has its folder's address: the name of what was sent is no part of that.
    // Moved and not copied: a second name keeps it here until everything is known to be safe.
    const source = join(work, 'source');
    await link(making.path, source).catch(() => copyFile(making.path, source));
    const kept = await store.keep(`source-${newId()}.${extension}`, source, 'source', mime, making.sha256);
    return { ...made, files: [kept, ...made.files] };
  } catch (error) {
    for (const key of put) await tools.blobs.delete(key).catch(() => undefined);
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface Room extends Making {
  work: string;
  store: Store;
}

async function makeAll(tools: Tools, examined: Examined, room: Room): Promise<Prepared> {
  const { path, work, store } = room;
  const { file, notices } = examined;
  const cover = join(work, 'cover.jpg');
  const files: ResourceFile[] = [];
  const keepCover = async (there: boolean) => {
    if (there) files.push(await store.keep('cover.jpg', cover, 'cover', 'image/jpeg'));
  };
  switch (file.kind) {
    case 'film': {
      const film = await makeFilm(tools, examined, room);
      files.push(film.playable);
      if (examined.film!.plan.video !== 'none')
        await keepCover(await filmCover(tools.ffmpeg!, { path, target: cover, durationMs: film.durationMs }));
      return { files, durationMs: film.durationMs, notices: film.notices };
    }
    case 'image':
      if (tools.ffmpeg)
        await keepCover(await imageCover(tools.ffmpeg, { path, target: cover, extension: file.extension }));
      return { files, durationMs: null, notices };
    case 'pdf':
      await keepCover(await pdfCover({ path, target: cover }));
      return { files, durationMs: null, notices };
    case 'slides': {
      const pdf = await makePages(tools, path, work);
      if (!pdf) return { files, durationMs: null, notices: [...notices, 'noPreview'] };
      await keepCover(await pdfCover({ path: pdf, target: cover }));
      files.push(await store.keep('pages.pdf', pdf, 'pages', 'application/pdf'));
      return { files, durationMs: null, notices };
    }
    case 'package':
      throw new AppError('PACKAGE_UNREADABLE', 'a package is not a resource');
  }
}

async function makeFilm(
  tools: Tools,
  examined: Examined,
  { path, work, store, signal, onProgress }: Room,
): Promise<{ playable: ResourceFile; durationMs: number; notices: IntakeNotice[] }> {
  const { plan, durationMs } = examined.film!;
  const making = { ffmpeg: tools.ffmpeg!, path, folder: join(work, 'film'), durationMs, signal, onProgress };
  const encoded = {
    ...plan,
    video: plan.video === 'none' ? plan.video : ('encode' as const),
    audio: plan.audio === 'none' ? plan.audio : ('encode' as const),
    notices: [...new Set<IntakeNotice>([...plan.notices, 'reencoded'])],
  };
  try {
    const film = await makeHls(plan, making);
    const made = film ?? (await makeHls(encoded, making));
    if (!made) throw new AppError('FILM_CONVERSION_FAILED', 'the film could not be cut');
    let master: ResourceFile | null = null;
    for (const { name, sha256 } of made.parts) {
      const mime = name.endsWith('.m3u8') ? 'application/vnd.apple.mpegurl' : 'video/mp4';
      const kept = await store.keep(`film/${name}`, join(made.folder, name), 'playable', mime, sha256);
      if (name === MASTER) master = kept;
    }
    return {
      playable: master!,
      durationMs: made.durationMs,
      notices: film ? plan.notices : encoded.notices,
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'CONVERSION_FAILED')
      throw new AppError('FILM_CONVERSION_FAILED', error.message, { cause: error });
    throw error;
  }
}

/** Null when slides cannot be made into pages here. */
async function makePages(
  { office, conversionSeconds }: Tools,
  path: string,
  work: string,
): Promise<string | null> {
  if (!office) return null;
  const slides = join(work, 'pages.pptx');
  const folder = join(work, 'office');
  await mkdir(folder);
  await link(path, slides).catch(() => copyFile(path, slides));
  try {
    await slidesToPdf(office, { file: slides, folder, deadlineMs: conversionSeconds * 1000 });
    await access(join(folder, 'pages.pdf'));
    return join(folder, 'pages.pdf');
  } catch {
    return null;
  }
}

/** Puts files away below one content's folder, and remembers which. */
class Store {
  readonly #blobs: BlobStore;
  readonly #folder: string;
  readonly #put: string[];

  constructor(blobs: BlobStore, folder: string, put: string[]) {
    this.#blobs = blobs;
    this.#folder = folder;
    this.#put = put;
  }

  async keep(
    name: string,
    path: string,
    role: ResourceFile['role'],
    mime: string,
    known?: string,
  ): Promise<ResourceFile> {
    const blobKey = `${this.#folder}/${name}`;
    const { size: bytes } = await stat(path);
    const sha256 = known ?? (await hashOf(path));
    this.#put.push(blobKey);
    await this.#blobs.putFile(blobKey, path);
    return { role, blobKey, sha256, bytes, mime };
  }
}

export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
