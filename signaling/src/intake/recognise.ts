import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '#protocol/errors.ts';
import { headOf } from '../courseware/recognise.ts';
import { entriesOf, MANIFEST } from '../package/zip.ts';

/** What a file for the library is, by its content. */
export interface LibraryFile {
  kind: 'film' | 'pdf' | 'slides' | 'image' | 'package';
  extension: string;
  mime: string;
}

const IMAGES = new Set(['png', 'apng', 'jpg', 'webp']);
/** Lists of other films: what a film may never be. */
const LISTS =
  /^\uFEFF?\s*(#EXTM3U|ffconcat version|<\?xml[^>]*>\s*<MPD|<MPD|\[playlist\]|v=0\r?\n|<smil|<asx)/i;

const PDF = { kind: 'pdf', extension: 'pdf', mime: 'application/pdf' } as const;
const SLIDES = {
  kind: 'slides',
  extension: 'pptx',
  mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
} as const;

/**
 * What a whole file is. Its name says what its sender calls it and nothing else.
 * @throws AppError FILE_EMPTY, FILE_PLAYLIST, FILE_SVG, LIBRARY_FILE_TYPE, FILE_UNREADABLE
 */
export async function recogniseFile(path: string): Promise<LibraryFile> {
  const head = await headOf(path);
  if (head.length === 0) throw new AppError('FILE_EMPTY', 'the file is empty');
  const text = head.toString('latin1');
  if (LISTS.test(head.toString('utf8'))) throw new AppError('FILE_PLAYLIST', 'a playlist, not a film');
  if (text.slice(0, 1024).includes('%PDF-')) return PDF;
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (head.subarray(0, 2).toString() === 'PK') return await insideZip(path);
  if (found && IMAGES.has(found.ext))
    return { kind: 'image', extension: found.ext === 'apng' ? 'png' : found.ext, mime: found.mime };
  if (found && /^(video|audio)\//.test(found.mime))
    return { kind: 'film', extension: found.ext, mime: found.mime };
  if (/<svg[\s>]/i.test(text)) throw new AppError('FILE_SVG', 'SVG can carry scripts and is not taken in');
  if (found || isText(head))
    throw new AppError('LIBRARY_FILE_TYPE', `not a kind that is kept: ${found?.mime ?? 'text'}`);
  // Films have more formats than can be known by their first bytes: ffmpeg is asked.
  return { kind: 'film', extension: 'bin', mime: 'application/octet-stream' };
}

async function insideZip(path: string): Promise<LibraryFile> {
  const names = new Set((await entriesOf(path)).map(({ name }) => name));
  if (names.has('ppt/presentation.xml')) return SLIDES;
  if (names.has(MANIFEST)) return { kind: 'package', extension: 'zip', mime: 'application/zip' };
  throw new AppError('LIBRARY_FILE_TYPE', 'a zip, but neither slides nor a package');
}

/** Nothing of a text is a control character but its ends of lines. */
function isText(head: Buffer): boolean {
  const sample = head.subarray(0, 512);
  return !sample.some((byte) => byte < 9 || (byte > 13 && byte < 32));
}
